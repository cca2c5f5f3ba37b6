"""What every adapter of the SearchIndex port promises of a rebuild, also while others write."""

import threading
from collections.abc import Callable, Sequence

from indexer.base.ids import ItemId
from indexer.search.port import Entry, IndexDown, SearchIndex
from tests.facets import found

Make = Callable[..., Entry]


def nothing(_: Sequence[ItemId]) -> Sequence[Entry]:
    """What the records say of items that nobody sees."""
    return ()


def test_a_rebuild_replaces_everything_and_tells_its_progress(index: SearchIndex, make: Make) -> None:
    index.put([make("old", "月球车")])

    written = list(
        index.rebuild([[make("i1", "月球车"), make("i2", "火星车")], [make("i3", "望远镜", version=4)]], nothing)
    )

    assert written == [2, 1]
    assert index.held() == {"i1": 1, "i2": 1, "i3": 4}
    assert found(index, "月球车") == ["i1"]


def test_a_rebuild_from_nothing_leaves_an_empty_index(index: SearchIndex, make: Make) -> None:
    index.put([make("old", "月球车")])

    assert list(index.rebuild([], nothing)) == []
    assert index.held() == {}


def test_a_rebuild_that_stops_halfway_leaves_the_old_index(index: SearchIndex, make: Make) -> None:
    index.put([make("old", "月球车")])

    building = iter(index.rebuild([[make("i1", "月球车")], [make("i2", "火星车")]], nothing))
    next(building)
    del building

    assert index.held() == {"old": 1}
    index.put([make("later", "水车")])
    assert found(index, "水车") == ["later"]


def test_while_a_rebuild_is_under_way_the_index_is_written_and_read_as_before(index: SearchIndex, make: Make) -> None:
    index.put([make("old", "月球车")])
    building = iter(index.rebuild([[make("i1", "望远镜")], [make("i2", "望远镜")]], nothing))
    next(building)

    index.put([make("later", "水车")])
    index.remove([ItemId("old")])

    assert index.held() == {"later": 1}
    assert found(index, "水车") == ["later"]


def test_what_was_written_during_a_rebuild_is_in_the_new_index_as_it_is_at_the_swap(
    index: SearchIndex, make: Make
) -> None:
    now = {"later": make("later", "水车"), "edited": make("edited", "风车", version=2)}
    asked: list[str] = []

    def current(items: Sequence[ItemId]) -> Sequence[Entry]:
        asked.extend(items)
        return [now[item] for item in items if item in now]

    index.put([make("withdrawn", "月球车")])
    old = [[make("withdrawn", "月球车"), make("edited", "火车")], [make("kept", "望远镜")]]
    building = iter(index.rebuild(old, current))
    next(building)
    index.put([make("later", "水车")])
    index.remove([ItemId("withdrawn")])
    index.put([now["edited"]])

    list(building)

    assert index.held() == {"later": 1, "edited": 2, "kept": 1}
    assert found(index, "月球车") == found(index, "火车") == []
    assert set(asked) == {"later", "withdrawn", "edited"}


def test_what_is_written_while_the_last_of_a_rebuild_is_looked_up_is_not_lost(index: SearchIndex, make: Make) -> None:
    """Another process publishes in the very moment between the question and the swap."""
    now = {"i1": make("i1", "火星车", version=2)}
    later = [make("i1", "水星车", version=3)]
    writers: list[threading.Thread] = []

    def current(items: Sequence[ItemId]) -> Sequence[Entry]:
        answer = [now[item] for item in items if item in now]
        if not writers:
            now["i1"] = later[0]
            writers.append(threading.Thread(target=index.put, args=(later,)))
            writers[0].start()
        return answer

    building = iter(index.rebuild([[make("i1", "月球车")], []], current))
    next(building)
    index.put([make("i1", "火星车", version=2)])

    list(building)
    writers[0].join()

    assert index.held() == {"i1": 3}


def test_after_a_rebuild_that_stopped_halfway_the_next_one_begins_anew(index: SearchIndex, make: Make) -> None:
    building = iter(index.rebuild([[make("half", "月球车")], []], nothing))
    next(building)
    del building
    index.put([make("i1", "火星车")])

    list(index.rebuild([[make("i2", "水星车")]], nothing))

    assert index.held() == {"i2": 1}


def test_of_two_rebuilds_at_once_one_ends_and_what_is_in_use_is_whole(index: SearchIndex, make: Make) -> None:
    index.put([make("old", "月球车")])
    batches = [[make(f"i{number}", "月球车")] for number in range(4)]
    ended: list[str] = []

    first = iter(index.rebuild(batches, nothing))
    next(first)
    for one in (index.rebuild(batches, nothing), first):
        try:
            list(one)
        except IndexDown as down:
            ended.append(str(down))

    assert len(ended) == 1
    assert index.held() == {"i0": 1, "i1": 1, "i2": 1, "i3": 1}
    assert found(index, "月球车", limit=10) == found(index, "月", limit=10)
    assert len(found(index, "月球车", limit=10)) == 4
