"""indexer.search.tantivy.view: one snapshot of the index, asked for lists, totals and counts."""

from pathlib import Path

import numpy as np
import pytest

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import Values
from indexer.search.engine import Base, Held, Listing, Needle, Sense
from indexer.search.port import Entry, Meant, Query
from indexer.search.tantivy import view as view_module
from indexer.search.tantivy.index import TantivyIndex
from indexer.search.tantivy.shared import ValueSets, number_of
from indexer.search.tantivy.vectors import VectorRows
from indexer.search.tantivy.view import FEW_NEAR, MOST_KEPT, READ_CHARS, Snapshot, TantivyView
from tests.facets import entry

MOON = Base(needles=(Needle("月球"),))
LONG = "夜" * (READ_CHARS + 1)


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


def near(snapshot: Snapshot, base: Base, limit: int = 10) -> list[tuple[str, float]] | None:
    view = TantivyView(snapshot)
    found = view.near(base, np.array([1, 0], dtype=np.float32), limit)
    if found is None:
        return None
    held = view.read([one.key for one in found])
    return [(one.item, round(at.cosine, 3)) for one, at in zip(held, found, strict=True)]


@pytest.fixture
def meant(snapshot: Snapshot) -> Snapshot:
    """The same snapshot, in which i0 is furthest from what is asked for and an item that is gone is the nearest."""
    keys = np.array(sorted([number_of(f"i{number}") for number in range(4)] + [number_of("gone")]), dtype=np.int64)
    values = {number_of(f"i{number}"): number / 10 for number in range(4)} | {number_of("gone"): 1.0}
    held = np.array([[values[key], 0] for key in keys.tolist()], dtype=np.float32)
    rows = VectorRows(keys=keys, rows=np.arange(len(keys)), held=held)
    return Snapshot(snapshot.searcher, snapshot.build, ValueSets(), vectors=lambda: rows)


@pytest.mark.parametrize("few", [0, FEW_NEAR])
def test_the_nearest_are_those_that_the_index_holds_within_its_filters(
    meant: Snapshot, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(view_module, "FEW_NEAR", few)

    assert near(meant, Base()) == [("i3", 0.3), ("i2", 0.2), ("i1", 0.1), ("i0", 0.0)]
    assert near(meant, Base(), limit=1) == [("i3", 0.3)]  # one that is gone stands before it
    assert near(meant, Base(filters=Values(topics=("t0",)))) == [("i2", 0.2), ("i0", 0.0)]
    assert near(meant, Base(needles=(Needle("never"),), filters=Values(topics=("never",)))) == []


def test_a_snapshot_without_vectors_says_so(snapshot: Snapshot) -> None:
    assert near(snapshot, Base()) is None


def test_what_is_held_of_an_item_is_read_once_and_anew_from_the_next_commit(tmp_path: Path) -> None:
    index, short, long = TantivyIndex(tmp_path), ItemId("short"), ItemId("long")
    index.put([moon(short, "夜"), moon(long, LONG)])

    first, again = held(index), held(index)
    index.put([moon(short, "昼")])

    assert first == again
    assert (first[short] is again[short], first[long] is again[long]) == (True, False)
    assert (held(index)[short].text, held(index)[long].text) == ("昼", LONG)


def moon(item: ItemId, text: str) -> Entry:
    return entry(item=item, version=1, title="月球", text=text, unit_name="示例馆", cluster=ClusterId(item))


def held(index: TantivyIndex) -> dict[ItemId, Held]:
    snapshot = index._snapshot()
    assert snapshot is not None
    view = TantivyView(snapshot)
    return {one.item: one for one in view.read(view.ask(MOON, [Listing(limit=10)]).lists[0].keys)}


def test_what_was_found_while_the_model_slept_is_not_kept(snapshot: Snapshot) -> None:
    answers = [None, Sense(np.array([1, 0], dtype=np.float32), spread=0.01)]
    sleepy = Snapshot(snapshot.searcher, snapshot.build, ValueSets(), mean=lambda _: answers.pop(0))
    asked = Query(text="夜里的月球为什么那样冷")

    assert [sleepy.found(asked).meant for _ in range(3)] == [Meant.ASLEEP, Meant.MISSING, Meant.MISSING]
