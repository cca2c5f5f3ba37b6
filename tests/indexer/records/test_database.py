"""Opening, migrating, and the two kinds of transaction."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from indexer.records import (
    channels,
    seen_accounts,  # noqa: F401 - its table joins the metadata
)
from indexer.records import database as opening
from indexer.records.database import Database, RecordsDown, RecordsRefused
from indexer.records.errors import trouble_of
from indexer.records.migrations.upgrade import upgrade
from indexer.records.tables import metadata
from indexer.whitelist.records import Unit
from tests.postgres import Server

OPEN = "import sys; from indexer.records.database import Database; Database.open(sys.argv[1])"

ON_SQLITE = pytest.mark.parametrize("records_on", ["sqlite"])  # tests of its file
ON_POSTGRESQL = pytest.mark.parametrize("records_on", ["postgresql"])


class Stop(Exception):
    """Ends a transaction from inside."""


def test_the_migrations_build_what_the_tables_say(records_url: str) -> None:
    engine = create_engine(records_url)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)

    engine.dispose()
    assert differences == []


def test_the_indexes_of_every_table_are_migrated(records_url: str) -> None:
    engine = create_engine(records_url)

    built = {
        index["name"]
        for table in metadata.tables
        for index in inspect(engine).get_indexes(table)
        if "duplicates_constraint" not in index  # PostgreSQL lists those of unique columns too
    }

    engine.dispose()
    assert built == {index.name for table in metadata.tables.values() for index in table.indexes}


def test_several_processes_may_open_a_new_database_at_once(make_records: Callable[..., str]) -> None:
    url = make_records(is_migrated=False)

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
    with database.reading() as tx, pytest.raises(DBAPIError, match=r"read-?only"):
        channels.save_unit(tx, make_unit())


def test_a_connection_is_told_what_it_may_where_that_changes_alone(
    database: Database, make_unit: Callable[..., Unit]
) -> None:
    asked: list[str] = []
    event.listen(database._engine, "before_cursor_execute", lambda _to, _cursor, statement, *_: asked.append(statement))

    for name in ("旧名", "新名"):
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit(name=name))
        with database.reading() as tx, pytest.raises(DBAPIError, match=r"read-?only"):
            channels.save_unit(tx, make_unit())
        for _ in range(3):
            with database.reading() as tx:
                assert [one.name for one in channels.units(tx)] == [name]

    assert len([one for one in asked if "query_only" in one]) <= 2


def test_after_an_error_and_after_a_close_the_records_are_written_as_before(
    database: Database, make_unit: Callable[..., Unit]
) -> None:
    def stopped() -> None:
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit(name="无"))
            raise Stop

    with pytest.raises(Stop):
        stopped()

    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(name="一"))
    database.close()
    with database.transaction() as tx:
        assert [one.name for one in channels.units(tx)] == ["一"]
        channels.save_unit(tx, make_unit(name="二"))

    with database.reading() as tx:
        assert [one.name for one in channels.units(tx)] == ["二"]


def test_reading_sees_one_picture_while_others_write(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.reading() as tx:
        before = channels.units(tx)
        with database.transaction() as other:
            channels.save_unit(other, make_unit())
        after = channels.units(tx)

    assert before == after == []


def test_a_migration_that_is_stopped_leaves_nothing_behind(
    make_records: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_after(connection: Connection) -> None:
        upgrade(connection)
        raise Stop

    url = make_records(is_migrated=False)
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


@ON_SQLITE
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


def test_threads_of_one_process_write_in_turns(database: Database, make_unit: Callable[..., Unit]) -> None:
    def add(number: int) -> None:
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit(id=f"unit-{number}"))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(40)))

    with database.reading() as tx:
        assert len(channels.units(tx)) == 40


@ON_SQLITE
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


@ON_POSTGRESQL
def test_a_server_that_was_started_anew_is_used_again(
    postgres: Server, records_url: str, database: Database, make_unit: Callable[..., Unit]
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())

    with postgres.connect("postgres") as other:
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        [(count,)] = other.execute(ended, [str(make_url(records_url).database)])

    assert count > 0
    with database.reading() as tx:
        assert channels.units(tx) == [make_unit()]


@ON_POSTGRESQL
def test_a_connection_that_is_lost_meanwhile_is_told(
    postgres: Server, records_url: str, database: Database, make_unit: Callable[..., Unit]
) -> None:
    def lose_it_between_two_statements() -> None:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit())
            with postgres.connect("postgres") as other:
                other.execute(ended, [str(make_url(records_url).database)])
            channels.units(tx)

    with pytest.raises(RecordsDown, match="Try again"):
        lose_it_between_two_statements()

    with database.reading() as tx:
        assert channels.units(tx) == []


def test_a_database_that_cannot_hold_every_character_is_refused(postgres: Server) -> None:
    with postgres.connect("postgres") as other:
        other.execute("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    with pytest.raises(RecordsRefused, match=r"encoded as LATIN1, the records need UTF8.*createdb") as refused:
        Database.open(postgres.url("narrow"))

    with postgres.connect("postgres") as other:
        other.execute("DROP DATABASE narrow")  # not by force: refused while somebody is connected to it
    del refused  # until here it holds all that stood in `open`


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordsDown, match=r"CARNIVAL_DATABASE_URL: The records .* do not answer"):
        Database.open(f"postgresql+psycopg://carnival@/carnival?host={tmp_path}")
