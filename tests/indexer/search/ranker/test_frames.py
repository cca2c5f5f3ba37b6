"""indexer.search.ranker.frames: what a question is put in."""

import pytest

from indexer.search.ranker.frames import EMPTY_WORDS, FRAMES


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("请问月球车怎么办", "月球车"),
        ("什么是量子", "量子"),
        ("能不能吃", "吃"),
        ("想问一下哪个好", "好"),
        ("多少钱", ""),
        ("科技馆", "科技馆"),
    ],
)
def test_a_frame_is_taken_out_whole(typed: str, left: str) -> None:
    assert FRAMES.sub("", typed) == left


def test_words_that_carry_nothing_are_folded_and_apart() -> None:
    assert {"吗", "的", "如何", "the"} <= EMPTY_WORDS
    assert "" not in EMPTY_WORDS
    assert {word.lower() for word in EMPTY_WORDS} == EMPTY_WORDS
