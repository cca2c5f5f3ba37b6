"""Opening, migrating, and the two kinds of transaction."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import OperationalError

from indexer.items import Unit
from indexer.records import (
    channels,
    seen_accounts,  # noqa: F401 - its table joins the metadata
)
from indexer.records import database as opening
from indexer.records.database import Database, RecordsDown, RecordsRefused
from indexer.records.migrations.upgrade import upgrade
from indexer.records.tables import metadata
from indexer.records.troubles import trouble_of

OPEN = "import sys; from indexer.records.database import Database; Database.open(sys.argv[1])"


class Stop(Exception):
    """Ends a transaction from inside."""


def test_the_migrations_build_what_the_tables_say(database: Database, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'records' / 'carnival.db'}")

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)

    engine.dispose()
    assert differences == []


def test_the_indexes_of_every_table_are_migrated(database: Database, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'records' / 'carnival.db'}")

    built = {index["name"] for table in metadata.tables for index in inspect(engine).get_indexes(table)}

    engine.dispose()
    assert built == {index.name for table in metadata.tables.values() for index in table.indexes}


def test_several_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'carnival.db'}"

    running = [subprocess.Popen([sys.executable, "-c", OPEN, url]) for _ in range(4)]

    assert [one.wait(timeout=60) for one in running] == [0, 0, 0, 0]


def test_an_error_takes_the_whole_transaction_back(database: Database, make_unit: Callable[..., Unit]) -> None:
    def write_half() -> None:
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit())
            raise Stop

    with pytest.raises(Stop):
        write_half()

    with database.reading() as tx:
        assert channels.units(tx) == []


def test_a_write_while_reading_fails(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.reading() as tx, pytest.raises(OperationalError, match="readonly"):
        channels.save_unit(tx, make_unit())


def test_reading_sees_one_picture_while_others_write(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.reading() as tx:
        before = channels.units(tx)
        with database.transaction() as other:
            channels.save_unit(other, make_unit())
        after = channels.units(tx)

    assert before == after == []


def test_a_migration_that_is_stopped_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop_after(connection: Connection) -> None:
        upgrade(connection)
        raise Stop

    url = f"sqlite:///{tmp_path / 'carnival.db'}"
    monkeypatch.setattr(opening, "upgrade", stop_after)
    with pytest.raises(Stop):
        Database.open(url)

    engine = create_engine(url)
    tables = inspect(engine).get_table_names()

    engine.dispose()
    assert tables == []


@pytest.mark.parametrize("content", [b"this is a text\n" * 400, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_refused_by_name_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "carnival.db"
    file.write_bytes(content)

    with pytest.raises(RecordsRefused, match=r"carnival\.db are (damaged|no SQLite database).*carnival restore"):
        Database.open(f"sqlite:///{file}")

    assert file.read_bytes() == content


def test_a_folder_in_the_place_of_the_records_is_refused(tmp_path: Path) -> None:
    (tmp_path / "carnival.db").mkdir()

    with pytest.raises(RecordsRefused, match=r"carnival\.db is a folder"):
        Database.open(f"sqlite:///{tmp_path / 'carnival.db'}")


def test_a_writer_that_waits_too_long_for_another_is_told(
    tmp_path: Path, database: Database, make_unit: Callable[..., Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    second = Database.open(f"sqlite:///{tmp_path / 'records' / 'carnival.db'}")

    with database.transaction(), pytest.raises(RecordsDown, match="locked by another process"), second.transaction():
        pass

    with second.transaction() as tx:
        channels.save_unit(tx, make_unit())
    second.close()


def test_records_that_were_replaced_are_not_written_to(tmp_path: Path, database: Database) -> None:
    file = tmp_path / "records" / "carnival.db"
    file.rename(file.with_name("old.db"))
    file.touch()

    with pytest.raises(RecordsDown, match="deleted or replaced"), database.transaction():
        pass
    with pytest.raises(RecordsDown, match="deleted or replaced"), database.reading():
        pass


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    error = OperationalError("SELECT 1", {}, Exception("connection refused\nmore"))

    trouble = trouble_of(error, place="postgresql://u:***@db/c", is_writing=False)

    assert isinstance(trouble, RecordsDown)
    assert str(trouble) == (
        "The records postgresql://u:***@db/c do not answer: connection refused. Nothing was written. Try again."
    )
