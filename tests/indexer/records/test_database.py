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
from indexer.records.database import Database
from indexer.records.migrations.upgrade import upgrade
from indexer.records.tables import metadata

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
