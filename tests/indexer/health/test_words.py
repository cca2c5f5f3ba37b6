"""indexer.health.words: what is said in Chinese of each condition, and what is to be done."""

import pytest

from indexer.health.conditions import Condition, Diagnosis
from indexer.health.words import TRIED_AGAIN, WORDS, to_do, what


def test_every_condition_has_words() -> None:
    assert {condition for condition, _ in WORDS} == set(Condition)


@pytest.mark.parametrize("words", [word for both in WORDS.values() for word in both if word])
def test_no_words_end_with_a_full_stop(words: str) -> None:
    """Whoever prints them adds it, and a list does without."""
    assert not words.endswith("。")


def test_a_failure_of_which_nothing_is_known_is_tried_again() -> None:
    failing = Diagnosis(condition=Condition.FAILING, facts={"case": "once", "since": "2026-09-17 10:00"})

    assert what(failing) == "2026-09-17 10:00 没有读成，下一轮会自动再试"
    assert to_do(failing) == TRIED_AGAIN
