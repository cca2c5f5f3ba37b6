"""The engines that a measure of search asks: answers are kept, and where two of them differ is told."""

from pathlib import Path

from indexer.base.ids import ItemId
from indexer.search.port import Found, Query
from indexer.search.tantivy.index import TantivyIndex
from tests.quality.understanding.search import fill
from tests.quality.understanding.search_engines import Asked, differing, help_for

DOCUMENTS = [("a", "月球车", "月球车如何过夜。"), ("b", "土星环", "土星环从哪里来。")]


def test_what_was_asked_is_answered_from_what_is_kept(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    fill(index, DOCUMENTS)
    asked = Asked(index)
    before = asked.find(Query(text="月球"))
    index.remove([ItemId("a")])

    assert asked.find(Query(text="月球")) == before == asked.answers[Query(text="月球")]
    assert asked.held() == {"b": 1}


def test_other_items_another_order_and_another_total_are_told(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    fill(index, DOCUMENTS)
    query, other = Query(text=""), Query(text="土星")
    both, nothing = index.find(query), Found(hits=(), total=0)
    turned = Found(hits=both.hits[::-1], total=2)
    further = Found(hits=both.hits, total=3)

    assert list(differing({query: both}, {query: both, other: nothing})) == []
    assert [len(list(differing({query: both}, {query: one}))) for one in (turned, further, nothing)] == [1, 1, 1]


def test_help_over_documents_is_made_once_and_knows_their_titles() -> None:
    give = help_for(DOCUMENTS)

    assert give() is give()
    assert [one.text for one in give().rewrite("tuxinghuan")] == ["土星环"]
