"""indexer.search.help.spelled: letters that stand for characters of the catalogue."""

import pytest

from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.spelled import MOST_CHARS, Spelling, is_spelled

TITLES = ("食品安全进社区", "鑫诺二号通信卫星", "长城脚下的银行", "西安的夜空", "AI科普讲座", "绿色出行")
SPELLING = Spelling(Known([Phrase(text=title, kind=Kind.TITLE) for title in TITLES]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shipinanquan", "食品安全"),
        ("shi pin an quan", "食品安全"),
        ("ShiPin", "食品"),
        ("spaq", "食品安全"),
        ("spanquan", "食品安全"),
        ("食品anquan", "食品安全"),
        ("ehtxinweixing", "二号通信卫星"),
        ("yinhang", "银行"),
        ("chuxing", "出行"),
        ("changcheng", "长城"),
        ("xi'an", "西安"),
        ("ai kepu", "ai科普"),
        ("lvse", "绿色"),
        ("ｓｐａｑ", "食品安全"),
    ],
)
def test_pinyin_initials_and_characters_mixed_are_read(typed: str, meant: str) -> None:
    assert SPELLING.meant(typed)[0].text == meant


def test_a_space_ends_a_syllable() -> None:
    assert [one.text for one in SPELLING.meant("x ian")] == []


def test_the_last_syllable_may_still_be_typed_where_that_is_said() -> None:
    assert SPELLING.meant("shipina", is_open=True)[0].text == "食品安"
    assert SPELLING.meant("shipinanqua") == []
    assert SPELLING.meant("shipinanqua", is_open=True)[0].text == "食品安全"


@pytest.mark.parametrize("typed", ["", "a", "食品", "x" * (MOST_CHARS + 1), "12345", "\u202e\u200b", "vvvvuuuu"])
def test_what_is_no_pinyin_means_nothing(typed: str) -> None:
    assert SPELLING.meant(typed) == []


def test_letters_are_asked_for_and_not_signs() -> None:
    assert is_spelled("食品an")
    assert not is_spelled("食品a1")


def test_what_can_be_read_in_ever_more_ways_is_answered() -> None:
    many = Spelling(Known([Phrase(text="啊" * 60 + "a" * 60, kind=Kind.TITLE)]))

    assert many.meant("a" * 40)[0].text in ("a" * 40, "啊" * 40)
