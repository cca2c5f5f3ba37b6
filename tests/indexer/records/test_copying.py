"""A copy of SQLite records: of one moment, without sessions, and looked at before it is used."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import Session, SessionId, User
from indexer.records import copying, sessions
from indexer.records.database import Database
from indexer.records.errors import RecordsDown, RecordsRefused


@pytest.fixture
def records_on() -> str:
    """Copied is the file that SQLite keeps."""
    return "sqlite"


@pytest.fixture
def records(tmp_path: Path, database: Database, make_item: Callable[..., Item], make_user: Callable[..., User]) -> Path:
    """The file of records with an item and a person, still open."""
    make_item()
    make_user()
    return tmp_path / "records" / "carnival.db"


@pytest.fixture
def copied(records: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy.db"
    copying.copy(records, target)
    return target


def test_a_copy_of_open_records_is_one_whole_file_of_its_owner(copied: Path, tmp_path: Path) -> None:
    assert copying.faults(copied) == []
    assert {name: number for name, number in copying.counts(copied).items() if number} == {
        "items": 1,
        "versions": 1,
        "channels": 1,
        "users": 1,
    }
    assert stat.S_IMODE(copied.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_who_is_signed_in_is_not_copied(
    database: Database, make_user: Callable[..., User], records: Path, tmp_path: Path, now: datetime
) -> None:
    session = Session(
        id=SessionId("s"), user=make_user("乙").id, created_at=now, seen_at=now, network="192.0.2.0/24", agent="Firefox"
    )
    with database.transaction() as tx:
        sessions.add(tx, session, token_hash="hash-of-the-token")

    copying.copy(records, tmp_path / "copy.db")

    assert b"hash-of-the-token" not in (tmp_path / "copy.db").read_bytes()
    with database.reading() as tx:
        assert sessions.by_token(tx, "hash-of-the-token") is not None


def test_a_file_that_is_there_is_not_written_over(records: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("somebody's")

    with pytest.raises(RecordsDown, match="could not be copied"):
        copying.copy(records, target)

    assert target.read_text() == "somebody's"


def test_tables_of_a_newer_program_are_told(copied: Path) -> None:
    with closing(sqlite3.connect(copied)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")

    assert copying.revision(copied) == "9999"
    assert copying.faults(copied) == ["it was made by a newer version (migration 9999): update this one first"]


def test_another_program_s_database_is_no_copy_of_records(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("CREATE TABLE birds (name TEXT)")

    assert copying.revision(file) is None
    assert "migration none" in copying.faults(file)[0]
    with pytest.raises(RecordsRefused, match="holds no records of this program"):
        copying.counts(file)


def test_damage_is_told_in_sqlite_s_words(copied: Path) -> None:
    raw = bytearray(copied.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    copied.write_bytes(raw)

    assert any("malformed" in fault for fault in copying.faults(copied))
