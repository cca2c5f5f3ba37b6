"""The measure of search by meaning: what counts as missed, and what it stands beside."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5
from tests.quality.understanding.search_beside import WAYS, Asked, Beside, fused, mixed, vectors_of
from tests.quality.understanding.search_meaning import Means, missed_goals, too_low

DOCUMENTS = [("a", "月球车", "月球车如何过夜。"), ("b", "水", "水从哪里来，月亮知道。")]


class Lengths:
    """An embedder of which two numbers are enough."""

    name, dimensions, scale = "lengths", 2, E5

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    queries = passages


def means_of(**ways: float) -> Means:
    found = Means()
    for way, value in ways.items():
        found.of[way.replace("_", "+")] = [value]
    return found


def test_a_set_below_the_better_of_its_parts_and_a_mean_that_gains_nothing_are_told() -> None:
    good = {"words_pairs": 0.5, "words": 0.6, "e5": 0.7}

    assert missed_goals({"a": means_of(**good, ours=0.75), "b": means_of(**good, ours=0.69)}) == []
    assert len(missed_goals({"a": means_of(**good, ours=0.8), "b": means_of(**good, ours=0.68)})) == 1
    assert len(missed_goals({"a": means_of(**good, ours=0.7)})) == 1
    assert len(too_low("a", {"meaning": means_of(ours=0.88)})) == 1
    assert too_low("a", {"meaning": means_of(ours=0.9)}) == too_low("a", {"name": means_of(ours=0.2)}) == []


def test_both_ways_of_putting_lists_together_reward_what_stands_in_both() -> None:
    words, meaning = {"a": 9.0, "b": 8.0, "c": 1.0}, {"d": 0.9, "b": 0.89, "e": 0.8}

    for scores in (fused([words, meaning]), mixed(words, meaning)):
        assert max(scores, key=lambda name: scores[name]) == "b"
        assert set(scores) == {"a", "b", "c", "d", "e"}
    assert mixed({}, {"a": 0.9}) == {"a": 0.5}


def test_what_it_is_measured_beside_knows_the_vectors_of_documents_and_queries(tmp_path: Path) -> None:
    embedder = Lengths()
    vectors, asked = vectors_of(embedder, DOCUMENTS, folder=tmp_path), Asked(embedder, ["月 球"], folder=tmp_path)
    made = list(embedder.asked)
    again = Beside(DOCUMENTS, vectors_of(embedder, DOCUMENTS, folder=tmp_path), asked).best("月 球", 2)

    assert vectors.shape == (2, 2)
    assert embedder.asked == made  # all of them were kept
    assert set(again) == set(WAYS)
    assert asked.queries(["another"]).shape == (1, 2)
