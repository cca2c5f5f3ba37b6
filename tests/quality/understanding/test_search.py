"""The measure of search: what counts as right, and which pieces are looked for."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.quality.understanding.search import (
    HELPED,
    Engines,
    JudgedSet,
    Means,
    fill,
    held_to,
    measure,
    missed,
    missed_goals,
    pieces,
    too_low,
)
from tests.quality.understanding.search_beside import WAYS, Asked, Beside, fused, mixed, vectors_of


class Lengths:
    """An embedder of which two numbers are enough."""

    name, dimensions, scale = "lengths", 2, E5

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    queries = passages


DOCUMENTS = [("a", "月球车", "月球车如何过夜。"), ("b", "水", "水从哪里来，月亮知道。")]


def test_the_best_first_is_all_and_nothing_right_is_nothing() -> None:
    judged = {"a": 3, "b": 1}

    assert ndcg(["a", "b"], judged) == 1
    assert 0 < ndcg(["b", "a"], judged) < 1
    assert ndcg(["c"], judged) == ndcg([], judged) == ndcg(["a"], {}) == 0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    beside = Bm25([("a", "月球过夜"), ("b", "月球恐龙"), ("c", "月球")])

    assert beside.best("月球恐龙", 2)[0] == "b"


def test_the_same_seed_gives_the_same_pieces_that_can_be_searched_for() -> None:
    once = list(pieces(DOCUMENTS, 30, 7))

    assert once == list(pieces(DOCUMENTS, 30, 7))
    assert all(1 <= len(piece) <= 8 for piece in once)


def test_a_set_is_measured_by_type_and_a_piece_that_is_lost_is_named(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    fill(index, DOCUMENTS)
    judged = JudgedSet(
        name="set", documents=DOCUMENTS, queries=[("q", "月球车", "name"), ("r", "shui", "pinyin")],
        judged={"q": {"a": 3}, "r": {"b": 3}},
    )  # fmt: skip

    means = measure(Engines(words=index), judged, 0)

    assert (means["name"].of["words"], means["pinyin"].of["words"]) == ([1.0], [0.0])
    assert held_to(means).of == {"words+pairs": [1.0], "words": [1.0]}
    assert "pinyin" in HELPED
    assert missed(index, DOCUMENTS, 30, 7) == []
    index.remove(["a", "b"])  # type: ignore[list-item]  # names are items
    assert len(missed(index, DOCUMENTS, 5, 7)) == 5


def means_of(**ways: float) -> Means:
    found = Means()
    for way, value in ways.items():
        found.of[way.replace("_", "+")] = [value]
    return found


def test_a_set_below_the_better_of_its_parts_and_a_mean_that_gains_nothing_are_told() -> None:
    good = {"words_pairs": 0.5, "words": 0.6, "e5": 0.7}

    assert missed_goals({"a": means_of(**good, ours=0.75), "b": means_of(**good, ours=0.69)}) == []
    assert missed_goals({"a": means_of(**good)}) == []  # without the model
    assert len(missed_goals({"a": means_of(**good, ours=0.8), "b": means_of(**good, ours=0.68)})) == 1
    assert len(missed_goals({"a": means_of(**good, ours=0.7)})) == 1
    assert len(missed_goals({"a": means_of(words_pairs=0.8, words=0.6)})) == 1
    assert len(too_low("a", {"meaning": means_of(ours=0.88)})) == 1
    assert too_low("a", {"meaning": means_of(ours=0.9)}) == too_low("a", {"meaning": means_of(words=0.2)}) == []


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
