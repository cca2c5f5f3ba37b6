"""One model's cosines on the scale of another."""

import numpy as np
import pytest

from indexer.understanding.embeddings.scale import E5, UNRELATED, Scale, measure

WIDE = Scale(mean=0.5, spread=10 * E5.spread)


def test_the_scale_of_the_shipped_model_changes_nothing() -> None:
    assert E5.cosine(0.86) == pytest.approx(0.86)
    assert E5.difference(0.018) == pytest.approx(0.018)


def test_a_threshold_lies_as_many_spreads_from_the_mean_of_a_wider_model() -> None:
    assert WIDE.cosine(E5.mean) == pytest.approx(0.5)
    assert WIDE.cosine(E5.mean - 2 * E5.spread) == pytest.approx(0.5 - 20 * E5.spread)


def test_a_difference_of_a_wider_model_says_less() -> None:
    assert WIDE.difference(0.18) == pytest.approx(0.018)


def test_mean_and_standard_deviation_of_all_pairs_are_measured() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)  # cosines 1, 0, 0

    scale = measure(vectors)

    assert scale.mean == pytest.approx(1 / 3)
    assert scale.spread == pytest.approx(np.sqrt(2) / 3)


def test_a_model_that_tells_nothing_apart_is_refused() -> None:
    with pytest.raises(ValueError, match="gives unrelated texts one vector"):
        measure(np.ones((3, 1), dtype=np.float32))


def test_the_unrelated_texts_are_all_different() -> None:
    assert len(set(UNRELATED)) == len(UNRELATED) == 24
