"""indexer.search.tantivy.view: one snapshot of the index, asked for lists, totals and counts."""

from pathlib import Path

import pytest

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import Values
from indexer.search.engine import Base, Listing, Needle
from indexer.search.port import Query
from indexer.search.tantivy.index import TantivyIndex
from indexer.search.tantivy.view import MOST_KEPT, Snapshot, TantivyView
from tests.facets import entry

MOON = Base(needles=(Needle("月球"),))


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Four items of one topic each, the last two of which are copies of one piece."""
    index = TantivyIndex(tmp_path)
    index.put([
        entry(item=ItemId(f"i{number}"), version=1, title=f"月球{number}", text="夜" * number, unit_name="示例馆",
              cluster=ClusterId(f"c{min(number, 2)}"), shared=number > 1, place=int(number == 3), publication=number,
              topics=(f"t{number % 2}",))
        for number in range(4)
    ])  # fmt: skip
    made = index._snapshot()
    assert made is not None
    return made


def listed(snapshot: Snapshot, base: Base, listing: Listing) -> tuple[int, list[str]]:
    view = TantivyView(snapshot)
    [answer] = view.ask(base, [listing]).lists
    return answer.total, [held.item for held in view.read(answer.keys)]


def test_a_list_has_the_latest_first_each_cluster_once(snapshot: Snapshot) -> None:
    assert listed(snapshot, MOON, Listing(limit=10)) == (3, ["i2", "i1", "i0"])
    assert listed(snapshot, MOON, Listing(offset=1, limit=1)) == (3, ["i1"])
    assert listed(snapshot, MOON, Listing()) == (3, [])


def test_a_list_is_narrowed_by_needles_publication_and_items_left_out(snapshot: Snapshot) -> None:
    assert listed(snapshot, MOON, Listing(also=(Needle("夜夜"),), limit=10)) == (1, ["i2"])
    assert listed(snapshot, MOON, Listing(before=2, limit=10)) == (2, ["i1", "i0"])
    assert listed(snapshot, MOON, Listing(apart=(ItemId("i2"), ItemId("i0")), limit=10)) == (1, ["i1"])


def test_a_free_list_counts_all_copies_whatever_the_base_asks_for_but_its_filters(snapshot: Snapshot) -> None:
    narrow = Base(needles=(Needle("夜夜夜"),), filters=Values(topics=("t1",)))

    assert listed(snapshot, narrow, Listing(is_free=True, also=(Needle("月球"),)))[0] == 2


def test_a_copy_stands_in_where_its_original_does_not_match(snapshot: Snapshot) -> None:
    assert listed(snapshot, Base(needles=(Needle("夜夜夜"),)), Listing(limit=10)) == (1, ["i3"])


def test_facets_count_each_cluster_once_without_their_own_filter(snapshot: Snapshot) -> None:
    base = Base(needles=MOON.needles, filters=Values(topics=("t0",)))

    facets = TantivyView(snapshot).ask(base, [], ("topics", "units")).facets

    assert facets == {"topics": {"t0": 2, "t1": 2}, "units": {"unit-a": 2}}


def test_answers_are_kept_but_not_endlessly(snapshot: Snapshot) -> None:
    query = Query(text="月球")
    first = snapshot.found(query)

    kept = snapshot.found(query) is first
    for number in range(MOST_KEPT):
        snapshot.found(Query(text="，", offset=number))

    assert kept
    assert snapshot.found(query) is not first
    assert snapshot.found(query) == first
