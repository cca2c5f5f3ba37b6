"""The measure of search: what counts as right, and which pieces are looked for."""

from pathlib import Path

from indexer.search.tantivy.index import TantivyIndex
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.quality.understanding.search import (
    GOAL_HELPED,
    HELPED,
    MANY,
    NOISE,
    JudgedSet,
    Means,
    Run,
    fill,
    held_to,
    measure,
    missed,
    pieces,
    short_of,
)

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


def test_a_type_that_needs_help_is_asked_with_it_and_held_to_its_goal_where_it_has_many(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    fill(index, DOCUMENTS)
    queries = [("q", "yueqiuche", "pinyin"), ("r", "月球本", "typo")]
    judged = JudgedSet(name="set", documents=DOCUMENTS, queries=queries, judged={"q": {"a": 3}, "r": {"a": 3}})

    assert {kind: of.ours for kind, of in measure(index, judged, 0).items()} == {"pinyin": [1.0], "typo": [1.0]}
    assert list(short_of({"pinyin": Means(ours=[0.0] * (MANY - 1), beside=[1.0] * (MANY - 1))})) == []
    assert list(short_of({"typo": Means(ours=[0.9] * MANY, beside=[0.0] * MANY)})) == [
        f"typo: 0.900, goal {GOAL_HELPED}"
    ]
    assert list(short_of({"name": Means(ours=[0.9], beside=[0.9 + 2 * NOISE])})) == ["0.900 / 0.910"]


def test_a_run_measures_every_engine_and_counts_what_both_were_asked() -> None:
    judged = JudgedSet(name="set", documents=DOCUMENTS, queries=[("q", "月球车", "name")], judged={"q": {"a": 3}})
    run = Run(wholes={"tantivy": {}, "meilisearch": {}})

    found = run.measure(judged, most=0, number=10, seed=7)

    assert [means["name"].ours for means in found.values()] == [[1.0], [1.0]]
    assert (run.faults, run.others, dict(run.lost)) == ([], 0, {"tantivy": 0, "meilisearch": 0})
    assert run.same > 1
    assert list(run.lines(7, 10))[-1] == f"queries_on_both={run.same} answered_otherwise=0"
