"""What all vectors of a catalogue have in common is taken out."""

import numpy as np
import pytest

from indexer.understanding.related.background import LEAST, background_of

RANDOM = np.random.default_rng(1)
BAND = np.array([10, 0, 0, 0]) + RANDOM.standard_normal((LEAST, 4)) * np.array([1, 5, 1, 1])


def unit(*numbers: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_cosines_of_a_narrow_band_are_spread() -> None:
    vectors = (BAND / np.linalg.norm(BAND, axis=1, keepdims=True)).astype(np.float32)
    background = background_of(vectors)
    assert background is not None
    plain = vectors[:50] @ vectors[50:100].T

    spread = [[background.cosine(one, other) for other in vectors[50:100]] for one in vectors[:50]]

    assert plain.mean() > 0.7
    assert abs(np.mean(spread)) < 0.1


def test_a_vector_is_itself_and_the_order_of_two_makes_no_difference() -> None:
    background = background_of(BAND.astype(np.float32))
    assert background is not None
    one, other = unit(1, 2, 3, 4), unit(4, 3, 2, 1)

    assert background.cosine(one, one) == pytest.approx(1)
    assert background.cosine(one, other) == pytest.approx(background.cosine(other, one))


def test_each_background_says_its_own_of_two_vectors_and_says_it_again() -> None:
    backgrounds = [background_of(some.astype(np.float32)) for some in (BAND, BAND[:, ::-1])]
    one, other = unit(1, 2, 3, 4), unit(4, 3, 2, 2)

    for background in (*backgrounds, *backgrounds):
        assert background is not None
        first, second = ((each - background.mean) @ background.whitening for each in (one, other))
        meant = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
        assert background.cosine(one, other) == pytest.approx(meant, abs=1e-12)


def test_the_middle_of_the_background_is_like_nothing() -> None:
    background = background_of(BAND.astype(np.float32))
    assert background is not None

    assert background.cosine(background.mean.astype(np.float64), unit(1, 0, 0, 0)) == 0


def test_of_few_vectors_or_of_equal_ones_there_is_none() -> None:
    assert background_of(BAND[: LEAST - 1].astype(np.float32)) is None
    assert background_of(np.ones((LEAST, 4), dtype=np.float32)) is None
