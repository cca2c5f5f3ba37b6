"""The file of SQLite records: its owner's alone, and never opened twice where one must be alone."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from indexer.records import sqlite_file
from indexer.records.database import Database, RecordsDown, RecordsRefused


@pytest.fixture
def records_on() -> str:
    """The file is SQLite's."""
    return "sqlite"


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_records_are_readable_by_their_owner_alone(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "data" / "carnival.db"
    before = os.umask(umask)
    try:
        database = Database.open(f"sqlite:///{path}")
        with database.transaction():
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        database.close()
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {"carnival.db", "carnival.db-wal", "carnival.db-shm", "carnival.db.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_records_open_to_others_are_narrowed(crashed: Path) -> None:
    for file in crashed.parent.iterdir():
        file.chmod(0o666)

    database = Database.open(f"sqlite:///{crashed}")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in crashed.parent.iterdir()}
    database.close()

    assert modes == {0o600}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/data/carnival.db", "/srv/data/carnival.db"),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql+psycopg://u@db.example/carnival", None),
    ],
)
def test_records_have_a_file_only_where_sqlite_keeps_them_on_a_disk(url: str, name: str | None) -> None:
    assert sqlite_file.file_of(url) == (Path(name) if name else None)


def test_nobody_opens_the_records_while_one_must_be_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "OPENING_SECONDS", 0.05)
    path = tmp_path / "carnival.db"

    with sqlite_file.alone(path), pytest.raises(RecordsDown, match="opened or restored"):
        Database.open(f"sqlite:///{path}")

    assert not path.exists()
    Database.open(f"sqlite:///{path}").close()


def test_nobody_is_alone_while_another_has_the_records_open(tmp_path: Path) -> None:
    path = tmp_path / "carnival.db"
    database = Database.open(f"sqlite:///{path}")

    with pytest.raises(RecordsDown, match="are in use"), sqlite_file.alone(path):
        pass
    database.close()

    with sqlite_file.alone(path):
        assert path.exists()


def test_several_may_hold_the_records_and_a_half_done_restore_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "carnival.db"
    with sqlite_file.opening(path):
        handles = [sqlite_file.hold(path) for _ in range(2)]
    for handle in handles:
        os.close(handle)
    sqlite_file.beside(path, sqlite_file.RESTORING).touch()

    with sqlite_file.opening(path), pytest.raises(RecordsRefused, match="stopped halfway"):
        sqlite_file.hold(path)


def test_a_file_that_took_the_place_of_another_is_not_the_same(tmp_path: Path) -> None:
    path = tmp_path / "carnival.db"
    assert sqlite_file.identity(path) is None
    path.write_text("one")
    before = sqlite_file.identity(path)

    path.write_text("other words")
    assert sqlite_file.identity(path) == before

    path.rename(tmp_path / "old.db")
    path.write_text("other words")
    assert sqlite_file.identity(path) != before


def test_rows_that_point_to_nothing_are_told(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executescript(
            "CREATE TABLE units (id TEXT PRIMARY KEY); CREATE TABLE channels (unit TEXT REFERENCES units (id));"
            " INSERT INTO channels VALUES ('unit-a');"
        )

    assert sqlite_file.integrity(path) == ["row 1 of channels points to a row of units that is not there"]
