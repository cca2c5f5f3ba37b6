"""The regression that the offence model and its baseline are fitted with."""

import numpy as np
import pytest

from tests.quality.understanding.linear import Baseline, Rows, auc, fit


def test_what_tells_two_labels_apart_gets_the_weight() -> None:
    rows = Rows.of([(np.array([place, 2]), np.ones(2)) for place in (0, 1) * 20], columns=3)

    weights, _ = fit(rows, np.array([1.0, 0.0] * 20))

    assert weights[0] > 1 > -1 > weights[1]
    assert abs(weights[2]) < 0.1


@pytest.mark.parametrize(
    ("scores", "area"), [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 1, 1, 1], 0.5), ([1, 3, 2, 4], 0.75)]
)
def test_the_area_is_how_often_one_stands_above_the_other(scores: list[float], area: float) -> None:
    assert auc([0, 0, 1, 1], np.array(scores, dtype=float)) == area


def test_the_baseline_learns_words_it_saw_twice() -> None:
    plain = Baseline(["坏人", "坏事", "好人", "好事"], np.array([1.0, 1.0, 0.0, 0.0]))

    bad, good = plain.scores(["坏", "好"])

    assert bad > good
