"""indexer.understanding.duplicates.candidates: the nearest known items by vector."""

import numpy as np

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.candidates import GROWTH, LEAST_COSINE, NEAREST, Known

X, Y = np.eye(2, dtype=np.float32)


def near(share: float) -> np.ndarray:
    """A vector of unit length with this cosine to X."""
    return np.array([share, np.sqrt(1 - share * share)], dtype=np.float32)


def known(*vectors: tuple[str, np.ndarray]) -> Known:
    return Known([(ItemId(name), vector.tobytes()) for name, vector in vectors], dimensions=2)


def test_the_nearest_comes_first_and_the_item_itself_is_left_out() -> None:
    found = known(("self", X), ("far", near(0.9)), ("near", near(0.99)))

    assert found.nearest(X, but=ItemId("self")) == ["near", "far"]


def test_what_is_no_nearer_than_any_two_texts_is_left_out() -> None:
    found = known(("a", near(LEAST_COSINE - 0.01)), ("b", near(LEAST_COSINE + 0.01)))

    assert found.nearest(X, but=ItemId("self")) == ["b"]


def test_no_more_than_the_nearest_are_given() -> None:
    found = known(*((f"i{n}", X) for n in range(NEAREST + 5)))

    assert len(found.nearest(X, but=ItemId("i0"))) == NEAREST


def test_vectors_of_another_embedder_are_passed_over() -> None:
    found = Known([(ItemId("other"), b"\0" * 12), (ItemId("a"), X.tobytes())], dimensions=2)

    assert found.nearest(X, but=ItemId("self")) == ["a"]


def test_an_item_that_is_added_is_known_and_its_older_vector_is_not() -> None:
    found = known(("a", Y))
    for number in range(GROWTH + 1):
        found.add(ItemId(f"b{number}"), Y)
    found.add(ItemId("a"), X)

    assert found.nearest(X, but=ItemId("self")) == ["a"]
    assert len(found.nearest(Y, but=ItemId("x"))) == NEAREST


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert known().nearest(X, but=ItemId("a")) == []
