"""indexer.search.tantivy.folder: generations in folders, one pointer, one writer at a time."""

import errno
import json
from pathlib import Path

import pytest
import tantivy

from indexer.catalogue.facets import FIELDS
from indexer.search.port import IndexDown
from indexer.search.tantivy.folder import POINTER, SCHEMA, IndexFolder, engine_errors, schema


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "search", lock_seconds=0.05)


def swap(folder: IndexFolder) -> Path:
    with folder.writing():
        made = folder.begin()
        folder.replace_by(made)
    return made


def test_where_nothing_was_written_there_is_no_generation(folder: IndexFolder) -> None:
    assert folder.current() is None


def test_a_generation_is_in_use_only_after_the_swap(folder: IndexFolder) -> None:
    with folder.writing():
        made = folder.begin()
        before = folder.current()
        folder.swap_to(made)

    assert (before, folder.current()) == (None, made)


def test_the_generation_before_stays_for_its_readers_and_older_ones_go(folder: IndexFolder) -> None:
    made = [swap(folder) for _ in range(3)]

    assert [generation.exists() for generation in made] == [False, True, True]
    assert folder.current() == made[-1]


def test_a_second_writer_waits_and_then_is_told_to_try_again(folder: IndexFolder, tmp_path: Path) -> None:
    with (
        folder.writing(),
        pytest.raises(IndexDown, match="Another process"),
        IndexFolder(tmp_path / "search", lock_seconds=0.05).writing(),
    ):
        pass

    swap(folder)  # the lock was let go


@pytest.mark.parametrize("pointer", ["", "{", "[]", "{}", '{"schema": 2}', "7"])
def test_a_pointer_that_cannot_be_read_says_what_to_run(folder: IndexFolder, tmp_path: Path, pointer: str) -> None:
    swap(folder)
    (tmp_path / "search" / POINTER).write_text(pointer)

    with pytest.raises(IndexDown, match="carnival reindex"):
        folder.current()
    swap(folder)
    assert folder.current() is not None


def test_an_older_schema_is_refused(folder: IndexFolder, tmp_path: Path) -> None:
    made = swap(folder)
    (tmp_path / "search" / POINTER).write_text(json.dumps({"schema": "2 older", "folder": made.name}))

    with pytest.raises(IndexDown, match="schema 2 older"):
        folder.current()


def test_a_pointer_never_leads_out_of_the_folder(folder: IndexFolder, tmp_path: Path) -> None:
    swap(folder)
    (tmp_path / "search" / POINTER).write_text(json.dumps({"schema": SCHEMA, "folder": "../../elsewhere"}))

    assert folder.current() == tmp_path / "search" / "elsewhere"


@pytest.mark.parametrize("fault", [ValueError("x"), OSError("x")])
def test_what_engine_and_disk_raise_is_the_index_being_down(fault: Exception) -> None:
    with pytest.raises(IndexDown, match="carnival reindex"), engine_errors():
        raise fault


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("An IO error occurred: 'No space left on device (os error 28) at path \"/x/.tmp\"'"),
        ValueError(
            "IoError { io_error: Custom { kind: StorageFull, error: PathError { err: Os { code: 28, kind: Stora"
        ),
    ],
)
def test_where_the_disk_is_full_nobody_is_sent_to_build_the_index_anew(fault: Exception) -> None:
    with pytest.raises(IndexDown, match=r"no room on the disk .* Make room") as down, engine_errors():
        raise fault

    assert "reindex" not in str(down.value)


@pytest.mark.parametrize(
    "fault", [PermissionError(errno.EACCES, "x"), ValueError("Read-only file system (os error 30)")]
)
def test_what_the_machine_refuses_is_told_as_that(fault: Exception) -> None:
    with pytest.raises(IndexDown, match="This account needs its folder") as down, engine_errors():
        raise fault

    assert "reindex" not in str(down.value)


def test_what_is_no_fault_of_engine_or_disk_passes() -> None:
    with pytest.raises(KeyboardInterrupt), engine_errors():
        raise KeyboardInterrupt


def test_a_panic_of_the_engine_is_the_index_being_down() -> None:
    panic = type("PanicException", (BaseException,), {})

    with pytest.raises(IndexDown, match="damaged"), engine_errors():
        raise panic("index out of range")


def test_a_document_holds_every_filter(tmp_path: Path) -> None:
    index = tantivy.Index(schema(), path=str(tmp_path))

    assert [index.parse_query("x", [name]) is None for name in FIELDS] == [False] * len(FIELDS)
    with pytest.raises(ValueError, match="nothing"):
        index.parse_query("x", ["nothing"])
