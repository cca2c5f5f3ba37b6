"""What measures of scores rest on."""

import numpy as np
import pytest

from tests.quality.understanding.fitting import auc, bootstrap, by_folds, fitted, together

LABELS = np.array([False, False, True, True])


def test_the_area_is_of_pairs_in_the_right_order_ties_halved() -> None:
    assert auc(LABELS, np.array([1.0, 2, 3, 4])) == 1
    assert auc(LABELS, np.array([4.0, 3, 2, 1])) == 0
    assert auc(LABELS, np.array([1.0, 1, 1, 1])) == 0.5
    assert auc(LABELS, np.array([1.0, 3, 2, 4])) == 0.75
    assert auc(LABELS[:2], np.array([1.0, 2])) == 0.5


def test_a_fit_finds_what_tells_and_stays_finite_where_it_tells_all() -> None:
    weights = fitted(LABELS, np.array([[0.0, 1], [1, 0], [2, 1], [3, 0]]))

    assert weights[0] > abs(weights[1])
    assert np.isfinite(weights).all()


def test_pairs_with_a_text_in_common_stand_in_one_fold() -> None:
    folds = together([("a", "b"), ("c", "d"), ("b", "e"), ("d", "e"), ("f", "g")], 5)

    assert folds[0] == folds[1] == folds[2] == folds[3] != folds[4]


def test_odds_by_folds_know_nothing_of_their_own_fold() -> None:
    """The one fold is labelled against the other: each is told wrongly by what was learnt on the other."""
    labels, column = np.array([True, False, False, True]), np.array([[1.0], [0], [1], [0]])

    odds = by_folds(labels, column, np.array([0, 0, 1, 1]))

    assert auc(labels[:2], odds[:2]) == auc(labels[2:], odds[2:]) == 0


def test_a_score_is_no_better_than_itself_and_a_better_one_is() -> None:
    random = np.random.default_rng(1)
    labels = random.random(200) < 0.5
    good, poor = labels + 0.3 * random.standard_normal(200), labels + 3 * random.standard_normal(200)

    assert bootstrap(labels, good, good, rounds=50) == (0, 0)
    low, high = bootstrap(labels, good, poor, rounds=50)
    assert 0 < low < high
    assert low == pytest.approx(bootstrap(labels, good, poor, rounds=50)[0])
