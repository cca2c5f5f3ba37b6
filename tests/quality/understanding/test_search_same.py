"""The measure of both engines: what both were asked, and the goal of queries that need help."""

from pathlib import Path

from indexer.search.tantivy.index import TantivyIndex
from tests.quality.understanding.search import JudgedSet, fill
from tests.quality.understanding.search_engines import Asked
from tests.quality.understanding.search_same import GOAL, MANY, Run, ask, short_of

DOCUMENTS = [("a", "月球车", "月球车如何过夜。"), ("b", "水", "水从哪里来，月亮知道。")]


def test_a_type_that_needs_help_is_asked_with_it_and_held_to_its_goal_where_it_has_many(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    fill(index, DOCUMENTS)
    queries = [("q", "yueqiuche", "pinyin"), ("r", "月球本", "typo"), ("s", "月球", "name")]
    grades = {"q": {"a": 3}, "r": {"a": 3}, "s": {"a": 3}}
    judged = JudgedSet(name="set", documents=DOCUMENTS, queries=queries, judged=grades)
    asked = Asked(index)

    assert ask(asked, judged, 0) == {"pinyin": [1.0], "typo": [1.0]}
    assert "月球" in {query.text for query in asked.answers}
    assert list(short_of({"pinyin": [0.0] * (MANY - 1)})) == []
    assert list(short_of({"typo": [0.9] * MANY})) == [f"typo: 0.900, goal {GOAL}"]


def test_a_run_asks_both_engines_and_counts_what_both_were_asked() -> None:
    judged = JudgedSet(name="set", documents=DOCUMENTS, queries=[("q", "月球车", "name")], judged={"q": {"a": 3}})
    run = Run()

    assert run.measure(judged, most=0, number=10, seed=7) == {}
    assert (run.faults, run.others, run.lost) == ([], 0, 0)
    assert run.asked > 1
