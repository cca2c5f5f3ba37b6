"""Places where a text may be cut: never inside what is written as one sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.base.graphemes import MOST, cut_after, cut_before, may_tear

ASTRONAUT, HAND, FLAGS = "👩\u200d🚀", "👋🏽", "🇨🇳🇫🇷"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("sign", ["e\u0301\u0327", ASTRONAUT, HAND, FLAGS[:2], "❤\ufe0f", SCOTLAND, "ก\u0e31"])
def test_a_sign_of_several_code_points_is_never_torn(sign: str) -> None:
    text = f"月{sign}球"

    cuts = {(cut_before(text, inside), cut_after(text, inside)) for inside in range(2, 1 + len(sign))}

    assert cuts == {(1, 1 + len(sign))}
    assert (cut_before(text, 1), cut_after(text, 1)) == (1, 1)


def test_two_flags_may_be_parted_and_plain_characters_anywhere() -> None:
    assert (cut_before(FLAGS, 2), cut_after(FLAGS, 2), cut_after(FLAGS, 3)) == (2, 2, 4)
    assert [cut_after("月球车", place) for place in range(4)] == [0, 1, 2, 3]


def test_a_letter_with_a_thousand_marks_is_cut_all_the_same() -> None:
    text = "e" + "\u0301" * 1000

    assert cut_after(text, 100) == 100 + MOST
    assert cut_before(text, 100) == 100 - MOST


@given(st.text(st.characters() | st.sampled_from(f"月球e\u0301{ASTRONAUT}{HAND}{FLAGS}{SCOTLAND}"), max_size=40))
def test_a_text_that_no_cut_may_tear_is_cut_anywhere(text: str) -> None:
    places = range(len(text) + 1)

    assert may_tear(text) or [(cut_before(text, at), cut_after(text, at)) for at in places] == [
        (at, at) for at in places
    ]


@pytest.mark.parametrize(
    ("text", "may"), [("《月球车》，Saturn V！Ｖ２", False), ("❤\ufe0f", True), (HAND, True), ("ก\u0e31", True)]
)
def test_chinese_and_latin_are_torn_nowhere(text: str, may: bool) -> None:
    assert may_tear(text) is may
