"""Sketches of texts."""

import numpy as np
import pytest

from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.duplicates.sketches import LEAST_KEPT, MOST_KEPT, ONE_IN, sketch


def text(count: int, *, seed: int = 1) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9000, count)))


@pytest.mark.parametrize(
    ("chars", "kept"), [(4, 0), (5, 1), (50, 46), (400, LEAST_KEPT), (6404, 400), (40_000, MOST_KEPT)]
)
def test_a_sketch_keeps_few_runs_of_a_text(chars: int, kept: int) -> None:
    found = sketch(Piece("", text(chars)))

    assert len(found) == kept
    assert found.dtype == np.uint32


def test_the_same_text_set_in_another_way_has_the_same_sketch() -> None:
    assert (sketch(Piece("月球車", text(500))) == sketch(Piece("月球车，", text(500) + "。"))).all()


@pytest.mark.parametrize("seed", range(5))
def test_of_a_quarter_at_least_a_few_runs_are_in_both_sketches(seed: int) -> None:
    whole = text(3000, seed=seed)
    shared = np.intersect1d(sketch(Piece("", whole)), sketch(Piece("", whole[1000:1750])))

    assert len(shared) > 750 / ONE_IN / 2
