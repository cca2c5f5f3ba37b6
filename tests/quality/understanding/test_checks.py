"""The measure of the rules: what counts as right, and when a goal is missed."""

import pytest

from tests.quality.understanding.checks import EXACT_FAMILY, RULES, Score, missed_goals, ours, overall
from tests.quality.understanding.naive import FINDERS

ROW = {"text": "甲乙丙丁戊己庚辛", "expect": [{"start": 0, "end": 4}, {"start": 6, "end": 8}]}


@pytest.mark.parametrize(
    ("found", "right", "exact"),
    [
        ([(0, 4), (6, 8)], 2, 2),
        ([(0, 2)], 1, 0),
        ([(0, 1)], 0, 0),
        ([(0, 4), (0, 4)], 1, 1),
        ([(0, 8)], 1, 0),
        ([], 0, 0),
    ],
)
def test_a_span_is_right_where_it_covers_half_of_both_and_each_once(
    found: list[tuple[int, int]], right: int, exact: int
) -> None:
    score = Score()

    score.add(ROW, found)

    assert (score.expected, score.found, score.right, score.exact) == (2, len(found), right, exact)
    assert len(score.wrong) == 2 + len(found) - 2 * right


def test_goals_are_said_of_all_of_each_family_and_of_the_exact_one() -> None:
    good, poor = Score(expected=20, found=20, right=20, exact=20), Score(expected=4, found=4, right=3, exact=3)

    assert missed_goals({"a": good, EXACT_FAMILY: good}) == []
    assert missed_goals({"a": poor, EXACT_FAMILY: poor}) == [
        "precision over all 0.75 < 0.95",
        "recall over all 0.75 < 0.90",
        "a 0.75 / 0.75 < 0.80",
        f"{EXACT_FAMILY} 0.75 / 0.75 < 1.00",
    ]
    assert overall({"a": good, "b": poor}).right == 23


def test_every_family_has_a_finder_and_a_naive_one() -> None:
    assert set(ours()) == set(FINDERS) >= set(RULES)


def test_a_word_of_a_row_is_looked_for_in_its_disguises_and_as_a_word() -> None:
    finders = ours()

    assert list(finders["evade_normal"]({"text": "刷.单日结", "where": "body", "word": "刷单"})) == [(0, 3)]
    assert list(finders["word_border"]({"text": "节水果大促", "where": "body", "word": "节水"})) == []
