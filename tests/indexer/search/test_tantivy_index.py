"""What only the tantivy adapter has: folders, the lock, damage."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.items import ClusterId, ItemId, ItemKind, UnitId
from indexer.search.port import Entry, IndexDown, Query
from indexer.search.tantivy_folder import POINTER, IndexFolder
from indexer.search.tantivy_index import TantivyIndex


def entry(item: str, title: str = "月球车") -> Entry:
    return Entry(
        item=ItemId(item),
        version=1,
        title=title,
        text="",
        unit=UnitId("u1"),
        unit_name="示例馆",
        kind=ItemKind.ARTICLE,
        cluster=ClusterId(item),
    )


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

    list(TantivyIndex(folder).rebuild([[entry("i9")]]))

    assert (before, reader.held()) == ({"i1": 1}, {"i9": 1})


def test_while_another_writes_for_too_long_the_index_is_down_and_can_still_be_read(folder: Path) -> None:
    late = TantivyIndex(folder, lock_seconds=0.05)

    with IndexFolder(folder).writing(), pytest.raises(IndexDown, match="Another process"):
        late.put([entry("i2")])

    assert late.held() == {"i1": 1}


def test_rebuilds_leave_no_more_than_the_generation_before(folder: Path) -> None:
    for number in range(3):
        list(TantivyIndex(folder).rebuild([[entry(f"i{number}")]]))

    assert len(list(folder.glob("g-*"))) == 2


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
    list(index.rebuild([[entry("i1")]]))

    assert index.find(Query(text="月球车")).total == 1
