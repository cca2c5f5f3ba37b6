"""What only the tantivy adapter has: folders, the lock, damage."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.catalogue.facets import Values
from indexer.catalogue.items import ItemKind
from indexer.search.port import Entry, IndexDown, Query
from indexer.search.tantivy import filling
from indexer.search.tantivy.folder import POINTER, TOUCHED, IndexFolder
from indexer.search.tantivy.index import FEW, TantivyIndex
from tests.facets import entry as made_entry


def entry(item: str, title: str = "月球车") -> Entry:
    return made_entry(
        item=ItemId(item),
        version=1,
        title=title,
        text="",
        unit=UnitId("u1"),
        unit_name="示例馆",
        kind=ItemKind.ARTICLE,
        cluster=ClusterId(item),
    )


def untouched(items: Sequence[ItemId]) -> Sequence[Entry]:
    """Nobody wrote while the index was built."""
    assert not items
    return ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    TantivyIndex(tmp_path).put([entry("i1")])
    return tmp_path


def generation(folder: Path) -> Path:
    return folder / str(json.loads((folder / POINTER).read_text())["folder"])


def test_what_one_process_writes_another_reader_finds_at_once(folder: Path) -> None:
    reader = TantivyIndex(folder)
    before = reader.find(Query(text="月球车")).total

    TantivyIndex(folder).put([entry("i2")])

    assert (before, reader.find(Query(text="月球车")).total) == (1, 2)


def test_a_reader_follows_a_rebuild_by_another_process(folder: Path) -> None:
    reader = TantivyIndex(folder)
    before = reader.held()

    list(TantivyIndex(folder).rebuild([[entry("i9")]], untouched))

    assert (before, reader.held()) == ({"i1": 1}, {"i9": 1})


def test_while_another_writes_for_too_long_the_index_is_down_and_can_still_be_read(folder: Path) -> None:
    late = TantivyIndex(folder, lock_seconds=0.05)

    with IndexFolder(folder).writing(), pytest.raises(IndexDown, match="Another process"):
        late.put([entry("i2")])

    assert late.held() == {"i1": 1}


def test_rebuilds_leave_no_more_than_the_generation_before(folder: Path) -> None:
    for number in range(3):
        list(TantivyIndex(folder).rebuild([[entry(f"i{number}")]], untouched))

    assert len(list(folder.glob("g-*"))) == 2


def test_two_do_not_build_the_index_at_once(folder: Path) -> None:
    building = TantivyIndex(folder).rebuild([[entry("i2")], []], untouched)
    next(building)

    with pytest.raises(IndexDown, match="Another process is building"):
        next(TantivyIndex(folder).rebuild([[entry("i3")]], untouched))

    list(building)
    assert TantivyIndex(folder).held() == {"i2": 1}


def test_many_items_written_during_a_rebuild_are_brought_over_in_parts(folder: Path) -> None:
    index, asked = TantivyIndex(folder), []

    def current(items: Sequence[ItemId]) -> Sequence[Entry]:
        asked.append(len(items))
        return [entry(item) for item in items]

    building = index.rebuild([[entry("i1")], []], current)
    next(building)
    index.put([entry(f"later{number}") for number in range(FEW + 1)])

    list(building)

    assert asked == [FEW + 1, 0]
    assert len(index.held()) == FEW + 2


def test_the_first_entries_of_all_are_written_while_an_index_is_built(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    building = index.rebuild([[entry("i1")], []], lambda items: [entry(item) for item in items])
    next(building)

    index.put([entry("i2")])

    assert index.held() == {"i2": 1}
    list(building)
    assert index.held() == {"i1": 1, "i2": 1}


def test_a_killed_builder_and_a_killed_writer_leave_an_index_that_is_whole(folder: Path) -> None:
    left = IndexFolder(folder)
    killed = left.building()
    killed.__enter__()
    with (folder / TOUCHED).open("a") as notes:
        notes.write('\n["i1", "i')
    TantivyIndex(folder).put([entry("i3")])

    with left.writing():
        noted = left.touched()

    assert noted == ["i3"]
    assert TantivyIndex(folder).held() == {"i1": 1, "i3": 1}


def cut_meta(folder: Path) -> None:
    (generation(folder) / "meta.json").write_text("{")


def cut_segments(folder: Path) -> None:
    for segment in generation(folder).glob("*.idx"):
        segment.write_bytes(b"short")


def lose_generation(folder: Path) -> None:
    generation(folder).rename(folder / "elsewhere")


def cut_pointer(folder: Path) -> None:
    (folder / POINTER).write_text("[]")


def age_schema(folder: Path) -> None:
    (folder / POINTER).write_text('{"schema": 0, "folder": "g-1"}')


@pytest.mark.parametrize("damage", [cut_meta, cut_segments, lose_generation, cut_pointer, age_schema])
def test_a_damaged_index_says_what_to_do_and_a_rebuild_mends_it(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    index = TantivyIndex(folder)

    with pytest.raises(IndexDown, match="carnival reindex"):
        index.find(Query(text="月球车"))
    list(index.rebuild([[entry("i1")]], untouched))

    assert index.find(Query(text="月球车")).total == 1


def test_what_fills_a_part_is_never_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, filled = TantivyIndex(tmp_path / "plain"), TantivyIndex(tmp_path / "filled")
    for index, worth in ((plain, 1000), (filled, 1)):
        monkeypatch.setattr(filling, "WORTH", worth)
        list(index.rebuild([[entry("i1"), entry("i2", "\0pad 土星环")]], untouched))
    since = datetime(2000, 1, 1, tzinfo=UTC)

    for query in (
        Query(),
        Query(text="月球车"),
        Query(text="-月球车"),
        Query(text="pad"),
        Query(before=9),
        Query(since=since),
        Query(unseen=(ItemId("i1"),)),
        Query(filters=Values(units=("u1",))),
        Query(collapse=False, offset=1),
    ):
        assert filled.find(query) == plain.find(query)
    assert filled.held() == plain.held() == {"i1": 1, "i2": 1}
    filled.put([entry("i2", "候鸟")])
    filled.remove([ItemId("i1")])
    assert filled.held() == {"i2": 1}
    assert filled.find(Query()).total == 1
