"""indexer.search.tantivy.filling: a whole index has no part that every eighth change would write anew."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import tantivy

from indexer.base.ids import ClusterId, ItemId
from indexer.search.port import Entry
from indexer.search.tantivy import filling as module
from indexer.search.tantivy.filling import ENOUGH, Filling, commit_and_close, merged_next, settle, sizes_of
from indexer.search.tantivy.folder import schema
from indexer.search.tantivy.writer import open_writer, write

BATCH = 500


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    tantivy.Index(schema(), path=str(tmp_path))
    return tmp_path


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that hold nothing but their item: so many of them are quick to write."""
    monkeypatch.setattr(module, "documents", lambda batch: [of_item(entry.item) for entry in batch])


def of_item(item: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("item", item)
    return document


def add_part(generation: Path, count: int, *, first: int = 0) -> None:
    writer = open_writer(generation)
    write(writer, (), [of_item(f"i{number}") for number in range(first, first + count)])
    commit_and_close(writer)


def entry(item: str, text: str = "") -> Entry:
    return Entry(item=ItemId(item), version=1, title="", text=text, unit_name="", cluster=ClusterId(item))


def batches(count: int) -> list[Sequence[Entry]]:
    every = [entry(f"i{number}") for number in range(count)]
    return [every[first : first + BATCH] for first in range(0, count, BATCH)]


def items_in(generation: Path) -> int:
    return tantivy.Index.open(str(generation)).searcher().num_docs


def parts_of(generation: Path) -> set[str]:
    return {file.name for file in generation.glob("*.store")}


@pytest.mark.parametrize(
    ("sizes", "alike"),
    [
        ([], []),
        ([1], [1]),
        ([1, 1, 9_000, 1], [9_000, 1, 1, 1]),
        ([16_000, 9_000, 3], [16_000, 9_000, 3]),  # those of 10,000 and fewer count as 10,000
        ([17_000, 16_000], []),  # the smaller one is like the larger, which one item is not
        ([17_000, 9_000], [9_000]),
        ([500_000, 60_000, 17_000], []),
    ],
)
def test_what_a_new_part_is_merged_with(sizes: Sequence[int], alike: Sequence[int]) -> None:
    assert merged_next(sizes) == alike


def test_few_items_become_a_part_that_small_changes_leave_alone(
    generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WORTH", 5)
    add_part(generation, 5)

    assert not settle(generation, is_last=True)

    (settled,) = parts_of(generation)
    for number in range(9):
        add_part(generation, 1, first=5 + number)
    assert settled in parts_of(generation)
    assert sizes_of(generation)[0] >= ENOUGH


def test_parts_that_are_enough_together_become_one_that_small_changes_leave_alone(generation: Path) -> None:
    for number in range(3):
        add_part(generation, 7000, first=7000 * number)

    assert not settle(generation)

    (settled,) = parts_of(generation)
    assert items_in(generation) == 21_000
    for number in range(9):
        add_part(generation, 1, first=21_000 + number)
    assert settled in parts_of(generation)
    assert items_in(generation) == 21_009


def test_parts_that_are_not_enough_are_left_as_they_are(generation: Path) -> None:
    add_part(generation, 2)
    add_part(generation, 3)
    before = parts_of(generation)

    assert settle(generation)
    assert settle(generation, is_last=True)

    assert parts_of(generation) == before
    assert sorted(sizes_of(generation)) == [2, 3]


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize("count", [ENOUGH + 2000, 2 * ENOUGH + 1000])
def test_however_many_items_there_are_no_small_part_is_left(generation: Path, count: int) -> None:
    filling = Filling(generation, None)

    told = [written for batch in batches(count) for written in filling.add(batch)]
    told += filling.finish()

    assert sum(told) == count
    assert merged_next(sizes_of(generation)) == []
    assert sum(sizes_of(generation)) == count
    assert items_in(generation) == count


def test_of_long_texts_few_are_held_back(generation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHARS", 5)
    written: list[int] = []
    monkeypatch.setattr(module, "write", lambda writer, gone, documents: written.append(len(documents)))
    filling = Filling(generation, None)

    for text in ("123", "123456", "12"):
        assert sum(filling.add([entry(text, text)])) == (text == "123456") * 2

    assert written == [1, 1]
    assert list(filling.finish()) == [1]


def test_of_nothing_an_empty_index_is_made(generation: Path) -> None:
    assert list(Filling(generation, None).finish()) == []

    assert sizes_of(generation) == []
