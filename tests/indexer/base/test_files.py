"""indexer.base.files: a file is there whole or not at all, and what a killed process left goes once it is old."""

import os
from pathlib import Path

import pytest

from indexer.base.files import parts, remove_old_parts, write_part, write_parts


def test_a_part_holds_all_and_is_its_owners_alone(tmp_path: Path) -> None:
    part = write_part(tmp_path / "store" / "ab", b"whole")

    assert (part.read_bytes(), part.stat().st_mode & 0o777, part.parent.stat().st_mode & 0o777) == (
        b"whole",
        0o600,
        0o700,
    )
    assert list(parts(tmp_path / "store")) == [part]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.base.files.os.fsync", full)

    with pytest.raises(OSError, match="space"):
        write_part(tmp_path, b"half")

    assert list(tmp_path.iterdir()) == []


def test_of_many_parts_none_is_left_where_one_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")

    with pytest.raises(OSError, match="file"):
        write_parts([(tmp_path, b"one"), (tmp_path / "file" / "ab", b"two")])

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_many_parts_are_in_their_order_and_on_the_disk(tmp_path: Path) -> None:
    written = write_parts((tmp_path / str(number % 2), f"{number}".encode()) for number in range(5))

    assert [part.read_bytes() for part in written] == [b"0", b"1", b"2", b"3", b"4"]
    assert [part.parent.name for part in written] == ["0", "1", "0", "1", "0"]


def test_only_parts_that_are_old_are_removed(tmp_path: Path) -> None:
    old, older, new = (write_part(folder, b"x") for folder in (tmp_path, tmp_path / "ab", tmp_path))
    kept = tmp_path / "kept"
    kept.write_bytes(b"x")
    for path in (old, older, kept):
        os.utime(path, (1, 1))

    assert remove_old_parts(tmp_path, before=2) == 2
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted([new, kept])
