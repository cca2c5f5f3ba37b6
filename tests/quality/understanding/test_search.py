"""The measure of search: what counts as right, and which pieces are looked for."""

from pathlib import Path

from indexer.search.tantivy.index import TantivyIndex
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.quality.understanding.search import HELPED, JudgedSet, Means, fill, held_to, measure, missed, pieces

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

    means = measure(index, judged, 0)

    assert (means["name"].ours, means["pinyin"].ours) == ([1.0], [0.0])
    assert held_to(means) == Means(ours=[1.0], beside=[1.0])
    assert "pinyin" in HELPED
    assert missed(index, DOCUMENTS, 30, 7) == []
    index.remove(["a", "b"])  # type: ignore[list-item]  # names are items
    assert len(missed(index, DOCUMENTS, 5, 7)) == 5
