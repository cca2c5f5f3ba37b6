"""What counts as a reason."""

import pytest

from indexer.review.reasons import is_reason, words_of

UNSEEN = [
    "",
    "  \t\r\n",
    "\u3000\u00a0\u2003",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u202a\u202e\u2066\u2069",
    "\u00ad\u034f\u180e",
    "\u3164\u115f\u1160\uffa0",
    "\u2800",
    "\ufe0f\U000e0100\U000e0041",
    "\x00\x1b\x7f\x85",
    "\ud800",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_nobody_sees_is_no_reason(text: str) -> None:
    assert words_of(text) == ""
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["。", "……", "-", "\u200b!\u200b", "\u0301"])
def test_signs_alone_are_no_reason(text: str) -> None:
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["含个人信息", "x", "7", "\u200b等\u200b", "𠮷", "①"])
def test_a_letter_or_a_digit_is_the_least(text: str) -> None:
    assert is_reason(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" 文末\n有电话 ", "文末 有电话"),
        ("含\u200b个人\u202e信息", "含个人信息"),
        ("a\u3000b", "a b"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_words_are_kept_as_they_are_seen(text: str, seen: str) -> None:
    assert words_of(text) == seen
