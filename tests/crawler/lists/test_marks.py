"""crawler.lists.marks: which pieces of text are a day as a whole."""

import pytest

from crawler.lists.marks import is_mark


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-30",
        "[09-30]",
        "09/30",
        "2026年09月30日",
        "2026-09",
        "发布时间:2026-09-30 08:30",
        "(2026-08-16 22:26:38)",
        "3天前",
        "昨天",
        "2026.9.30",
        "Sep 30, 2026",
        "30 Sep",
        "20260930",
        "2026-09-30T08:30:00+08:00",
        "二〇二六年九月三十日",
        "9月30日",
        "2026/09/30 周三",
        "日期:2026-09-30",
        "26-09-30",
        "30.09.2026",
    ],
)
def test_days_in_all_their_forms_are_marks(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "2026",
        "12345",
        "第30届",
        "2026年",
        "2026年10月18日科普讲座预告",
        "活动时间:2026-09-30",
        "010-12345678",
        "1.5倍",
    ],
)
def test_numbers_and_sentences_are_none(text: str) -> None:
    assert not is_mark(text)
