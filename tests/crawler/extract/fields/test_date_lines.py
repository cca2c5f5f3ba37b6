"""crawler.extract.fields.date_lines: what a date in a line is, by the words around it."""

import pytest

from crawler.extract.body.blocks import read_blocks
from crawler.extract.document import parse
from crawler.extract.fields.date_lines import Role, dates_of, is_fact_line, is_text, label_of, role_before


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("发布时间：2026-09-17", ["PUBLISHED"]),
        ("2026-09-17 发布", ["PUBLISHED"]),
        ("发表于2026-09-17 08:30|1164次阅读", ["PUBLISHED"]),
        ("来源：示例馆 2026-09-17", ["PUBLISHED"]),
        ("文章发布日期：2026-09-17", ["PUBLISHED"]),
        ("Published: 17 September 2026", ["PUBLISHED"]),
        ("2026-09-17", ["PLAIN"]),
        ("示例科技馆 2026-09-17 08:30", ["PLAIN"]),
        ("时间：2026-09-17", ["TIME"]),
        ("日期：2026年9月17日", ["TIME"]),
        ("北京时间 2026-09-17", ["TIME"]),
        ("更新时间：2026-09-17", ["CHANGED"]),
        ("成文日期：2026-09-17", ["CHANGED"]),
        ("2026-09-17 更新", ["CHANGED"]),
        ("Received: 17 September 2026", ["CHANGED"]),
        ("讲座时间：2026-09-20", ["OTHER"]),
        ("发布会时间：2026-09-20", ["OTHER"]),
        ("一、时间：2026年9月20日", ["OTHER"]),
        ("●时间：2026年9月20日", ["OTHER"]),
        ("报名截止：2026-09-20", ["OTHER"]),
        ("2026年9月20日起", ["OTHER"]),
        ("2026年9月20日（周日）14:00—15:30", ["OTHER"]),
        ("2026-09-20至2026-09-25", ["OTHER", "OTHER"]),
        ("论坛将于2026年9月20日举行", ["OTHER"]),
        ("发布：2026-09-17 更新：2026-09-18", ["PUBLISHED", "CHANGED"]),
        ("2026-09-17 发布　2026-09-18 更新", ["PUBLISHED", "CHANGED"]),
        ("活动时间：2026-09-20　发布时间：2026-09-17", ["OTHER", "PUBLISHED"]),
        ("没有日期", []),
    ],
)
def test_the_words_around_a_date_say_what_it_is(line: str, roles: list[str]) -> None:
    assert [dated.role.name for dated in dates_of(line, chinese=True)] == roles


def test_a_label_may_stand_in_the_line_above() -> None:
    assert [dated.role for dated in dates_of("2026-09-20", before="活动时间", chinese=True)] == [Role.OTHER]
    assert [dated.role for dated in dates_of("2026-09-17", before="发布日期：", chinese=True)] == [Role.PUBLISHED]
    assert (label_of("发布日期："), label_of("活动时间"), label_of("一杯清水")) == ("发布日期：", "活动时间", "")


@pytest.mark.parametrize(
    ("line", "is_fact"),
    [
        ("2026-09-17　作者：张三　来源：示例科技馆", True),
        ("2026-09-17 08:30 示例科技馆", True),
        ("浏览：120 字号：大 中 小", True),
        ("2026年9月12日，第三届示例科普论坛在示例市举行。", False),
        ("本报讯（记者 张三）2026年9月12日，论坛在示例市举行", False),
        ("一杯清水", False),
        ("水" * 500, False),
    ],
)
def test_a_line_of_facts_holds_no_prose(line: str, *, is_fact: bool) -> None:
    assert is_fact_line(line, chinese=True) is is_fact


def test_prose_is_text_and_a_date_line_with_punctuation_is_not() -> None:
    lines = "<p>2026-09-17　作者：张三　来源：示例馆</p><p>把一杯清水放在窗台上，过几天就少了。</p>"
    tree = parse(f"<html><body>{lines}</body></html>")
    assert tree is not None

    assert [is_text(block, chinese=True) for block in read_blocks(tree)] == [False, True]


def test_words_before_a_date_tell_its_role() -> None:
    assert (role_before("讲座时间："), role_before("Published: "), role_before("")) == (
        Role.OTHER,
        Role.PUBLISHED,
        Role.PLAIN,
    )
