"""The engine, and one transaction per use case."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from filelock import FileLock
from sqlalchemy import Connection, Delete, Engine, Insert, RowMapping, Select, Update, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from indexer.records.migrations.upgrade import upgrade

BUSY_SECONDS = 30
WRITES = "carnival_writes"


class Transaction:
    """One unit of work over the records; only indexer.records runs statements in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[RowMapping]:
        """Return all rows, addressed by the table's columns."""
        return self._connection.execute(query).mappings().all()

    def first(self, query: Select[*tuple[Any, ...]]) -> RowMapping | None:
        """Return the first row, or None."""
        return self._connection.execute(query).mappings().first()

    def number(self, query: Select[*tuple[Any, ...]]) -> int:
        """Return the one number that the query counts."""
        return int(self._connection.execute(query).scalar_one())

    def change(
        self, statement: Insert | Update | Delete, rows: Sequence[dict[str, Any]] | dict[str, Any] | None = None
    ) -> int:
        """Write, and return how many rows that touched; an empty list of rows writes nothing."""
        if rows is not None and not rows:
            return 0
        return self._connection.execute(statement, rows).rowcount


class Database:
    """The records of one deployment: one object a process, safe for its threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Return the database at `url` with all migrations done; several processes may open a new one at once."""
        address = make_url(url)
        engine = create_engine(address)
        with _opening(address):
            if engine.dialect.name == "sqlite":
                _listen(engine)
                _use_write_ahead_log(engine)
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                upgrade(connection)
        return cls(engine)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a unit of work that holds the write lock from its start; committed on exit, rolled back on an error."""
        with self._engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield Transaction(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open one consistent picture of the records; a write in it fails."""
        with self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Transaction(connection)

    def close(self) -> None:
        """Close all idle connections; the object can still be used."""
        self._engine.dispose()


def _opening(address: URL) -> FileLock | nullcontext[None]:
    """One process at a time makes the file and migrates it."""
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return nullcontext()
    path = Path(address.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path.with_name(f"{path.name}.lock"))


def _use_write_ahead_log(engine: Engine) -> None:
    # The mode stays with the file; changing it does not wait for other connections, so it is done under the lock only.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _listen(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # the driver begins nothing by itself: `_begin` says how
    for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {BUSY_SECONDS * 1000}"):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.execute(text(f"PRAGMA query_only = {'OFF' if writes else 'ON'}"))
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
