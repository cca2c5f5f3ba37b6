"""The place of an event in its text's own words."""

import pytest

from indexer.understanding.whereabouts.sites import sites


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("时间：周六。地点：示例社区文化中心一层。", ["示例社区文化中心一层"]),
        ("活动地址: 示例公园南门，请走人行道", ["示例公园南门，请走人行道"]),
        ("集合地点：示例馆门口；自带水杯", ["示例馆门口"]),
        ("将于9月5日上午在示例科学公园开幕", ["示例科学公园"]),
        ("地点：线上腾讯会议", []),
        ("存在启动困难", []),
        ("", []),
    ],
)
def test_the_place_is_what_a_line_names_else_where_something_is_held(text: str, words: list[str]) -> None:
    assert [one.words for one in sites(text)] == words


def test_the_words_stand_where_they_are_said_to() -> None:
    text = "🎈地点：示例馆。"
    (one,) = sites(text)

    assert text[one.start : one.end] == one.words
