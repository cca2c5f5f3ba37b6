"""indexer.search.tantivy.writer: open for a moment, closed at once for whoever waits."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import tantivy

from indexer.base.ids import ItemId
from indexer.search.port import IndexDown
from indexer.search.tantivy import writer as module
from indexer.search.tantivy.folder import POINTER, IndexFolder
from indexer.search.tantivy.writer import HeldWriter

LONG = 600.0  # seconds; no test waits for it


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "search", lock_seconds=30)


@pytest.fixture
def held(folder: IndexFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldWriter]:
    monkeypatch.setattr(module, "HOLD_SECONDS", LONG)
    made = HeldWriter(folder)
    yield made
    made.close()


def put(held: HeldWriter, *items: str, gone: Sequence[str] = ()) -> None:
    documents = []
    for item in items:
        document = tantivy.Document()
        document.add_text("item", item)
        documents.append(document)
    held.change(gone, documents, touched=[ItemId(item) for item in (*gone, *items)])


def items_in(folder: IndexFolder) -> list[str]:
    searcher = tantivy.Index.open(str(folder.in_use())).searcher()
    hits = searcher.search(tantivy.Query.all_query(), limit=100).hits
    return sorted(searcher.doc(address)["item"][0] for _, address in hits)


def is_free(folder: IndexFolder, tmp_path: Path) -> bool:
    try:
        with IndexFolder(tmp_path / "search", lock_seconds=0).writing():
            return True
    except IndexDown:
        return False


def test_a_change_is_seen_while_the_writer_stays_open(held: HeldWriter, folder: IndexFolder, tmp_path: Path) -> None:
    put(held, "a", "b")
    put(held, "c", gone=["a"])

    assert items_in(folder) == ["b", "c"]
    assert not is_free(folder, tmp_path)


def test_who_waits_gets_the_folder_at_once_and_nothing_is_lost(held: HeldWriter, folder: IndexFolder) -> None:
    put(held, "a")
    other = HeldWriter(folder)

    put(other, "b")  # would wait for LONG
    other.close()
    put(held, "c")

    assert items_in(folder) == ["a", "b", "c"]


def test_an_unused_writer_closes_by_itself(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HOLD_SECONDS", 0.0)
    put(HeldWriter(folder), "a")
    for thread in threading.enumerate():
        if thread.name == "index writer":
            thread.join(30)

    assert is_free(folder, tmp_path)


def test_many_small_changes_are_merged(held: HeldWriter, folder: IndexFolder) -> None:
    for number in range(40):
        put(held, f"i{number}")
    held.close()

    assert len(list(folder.in_use().glob("*.store"))) < 20
    assert len(items_in(folder)) == 40


def test_what_cannot_be_written_leaves_the_folder_to_others(
    held: HeldWriter, folder: IndexFolder, tmp_path: Path
) -> None:
    put(held, "a")
    pointer = tmp_path / "search" / POINTER
    kept = pointer.read_bytes()
    held.close()
    pointer.write_text("{")

    with pytest.raises(IndexDown):
        put(held, "b")
    pointer.write_bytes(kept)

    assert is_free(folder, tmp_path)
    put(held, "c")
    assert items_in(folder) == ["a", "c"]


def test_a_change_that_fails_halfway_changes_nothing(
    held: HeldWriter, folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(held, "a")

    def failing(writer: tantivy.IndexWriter, gone: Sequence[str], documents: Sequence[tantivy.Document]) -> None:
        writer.delete_documents_by_term("item", "a")
        raise ValueError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(module, "write", failing)
        with pytest.raises(IndexDown, match="disk full") as told:
            put(held, "b")

    assert is_free(folder, tmp_path)
    assert items_in(folder) == ["a"]
    other = HeldWriter(folder)
    put(other, "c")  # at once: the engine has let go of the files, though the error's traceback holds the writer
    other.close()
    assert items_in(folder) == ["a", "c"]
    assert told.tb is not None


def test_closing_what_is_not_open_does_nothing(held: HeldWriter) -> None:
    held.close()


def test_what_a_killed_writer_had_written_keeps_nobody_from_writing(
    held: HeldWriter, folder: IndexFolder, tmp_path: Path
) -> None:
    """Killed once the files of a commit were there, and before the index named them: the next one gives their names."""
    put(held, "i1", "i2", "i3")
    held.close()
    before = tmp_path / "before"
    shutil.copytree(folder.in_use(), before)
    put(held, "i1", gone=["i1"])
    held.close()
    shutil.copy(before / "meta.json", folder.in_use() / "meta.json")
    left = sorted(path.suffix for path in folder.in_use().iterdir() if not (before / path.name).exists())

    put(held, "i1", gone=["i1"])
    put(held, "i4")

    assert ".del" in left
    assert items_in(folder) == ["i1", "i2", "i3", "i4"]
