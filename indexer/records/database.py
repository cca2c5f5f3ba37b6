"""The engine, and one transaction per use case."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Delete, Engine, Insert, RowMapping, Select, Update, event
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert, ReturningUpdate

from indexer.records import location, sqlite_file
from indexer.records.errors import RecordsDown, RecordsMissing, RecordsRefused, trouble_of
from indexer.records.lending import Lending
from indexer.records.location import IN_MEMORY, POSTGRESQL, VARIABLE, Missing
from indexer.records.migrations.upgrade import upgrade

__all__ = [
    "IN_MEMORY",
    "Database",
    "Missing",
    "RecordsDown",
    "RecordsMissing",
    "RecordsRefused",
    "Transaction",
]

BUSY_SECONDS = 30
WRITES = "carnival_writes"


class Transaction:
    """One unit of work over the records; only indexer.records runs statements in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None) -> Sequence[RowMapping]:
        """Return all rows, addressed by the table's columns; values: of a statement that was made once."""
        return self._connection.execute(query, values).mappings().all()

    def tuples(self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None) -> Sequence[Any]:
        """Return all rows as tuples: for a statement made once and asked with other values, where rows are many."""
        return self._connection.execute(query, values).all()

    def first(self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None) -> RowMapping | None:
        """Return the first row, or None."""
        return self._connection.execute(query, values).mappings().first()

    def number(self, query: Select[*tuple[Any, ...]]) -> int:
        """Return the one number that the query counts."""
        return int(self._connection.execute(query).scalar_one())

    def change(
        self, statement: Insert | Update | Delete, rows: Sequence[dict[str, Any]] | dict[str, Any] | None = None
    ) -> int:
        """Write, and return how many rows that touched; an empty list of rows writes nothing."""
        if rows is not None and not rows:
            return 0
        # Of an INSERT the number is else not kept, and what a conflict left unwritten would count as written.
        return self._connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount

    def changed_rows(
        self,
        statement: ReturningInsert[Any] | ReturningUpdate[*tuple[Any, ...]] | ReturningDelete[*tuple[Any, ...]],
        rows: Sequence[dict[str, Any]] | None = None,
    ) -> Sequence[RowMapping]:
        """Write, and return the rows that the statement returns, in no order; rows: of one that inserts many."""
        return self._connection.execute(statement, rows).mappings().all()

    @property
    def is_on_postgresql(self) -> bool:
        """Whether others may write at the same time: on SQLite one transaction writes at a time."""
        return self._connection.dialect.name == POSTGRESQL


class Database:
    """The records of one deployment: one object a process, safe for its threads."""

    def __init__(self, engine: Engine, *, file: Path | None = None, handle: int | None = None) -> None:
        self._engine, self._file = engine, file
        self._identity = sqlite_file.identity(file) if file else None
        self._writing = threading.Lock()
        self._lending = Lending(engine, at_the_end=None if handle is None else weakref.finalize(self, os.close, handle))

    @classmethod
    def open(cls, url: str, *, missing: Missing = Missing.MADE, variable: str = VARIABLE) -> Self:
        """Return the database at `url` with all migrations done; several processes may open a new one at once.

        variable: the setting to name in a refusal. Raises RecordsRefused where the address or the file is of no use,
        RecordsMissing where there is none, RecordsDown where it cannot be used now.
        """
        address = location.read_address(url, variable)
        engine = location.engine_of(address, variable)
        file = sqlite_file.file_of(address)
        with location.refusals(address, variable):
            if file is None:
                with _closed_on_error(engine):
                    if engine.dialect.name == "sqlite":
                        _listen(engine)
                    _migrate(engine)
                return cls(engine)
            location.check_file(file, missing, variable)
            with sqlite_file.opening(file):
                return cls(engine, file=file, handle=_opened(engine, file))

    @property
    def file(self) -> Path | None:
        """The file of the records, None where they lie in memory or on a server."""
        return self._file

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a unit of work that holds the write lock from its start; committed on exit, rolled back on an error.

        Raises RecordsDown where the disk is full or read-only, or the file gone: then nothing was written.
        """
        with self._in_words(is_writing=True), self._in_turn() as connection, connection.begin():
            yield Transaction(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open one consistent picture of the records; a write in it fails. Raises RecordsDown, RecordsRefused."""
        with self._in_words(is_writing=False), self._lending.lend({}) as connection:
            if self._engine.dialect.name == POSTGRESQL:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Transaction(connection)

    def close(self) -> None:
        """Close all connections and say that this process uses the records no longer; waits for no other thread.

        What another one does at that moment it does to its end: only then its connection is closed, and this said.
        """
        self._lending.close()

    @contextmanager
    def _in_turn(self) -> Iterator[Connection]:
        """On SQLite this process's threads write in turns: SQLite itself has them sleep and look again, ever longer.

        They do so on one connection. One that others read with would change to writing and back: SQLite reads all its
        statements anew each time.
        """
        is_mine = self._engine.dialect.name != POSTGRESQL and self._writing.acquire(timeout=BUSY_SECONDS)
        try:
            with self._lending.lend({WRITES: True}, is_kept=is_mine and self._file is not None) as connection:
                yield connection
        finally:
            if is_mine:
                self._writing.release()

    @contextmanager
    def _in_words(self, *, is_writing: bool) -> Iterator[None]:
        if self._file is not None and sqlite_file.identity(self._file) != self._identity:
            # SQLite would go on with the deleted file, and every decision would be lost with it.
            raise RecordsDown(
                f"The records {self._file} were deleted or replaced while this process had them open. Stop it, put"
                " them back or restore a backup, then start it again."
            )
        with _in_words(self._engine, is_writing=is_writing):
            yield


def _opened(engine: Engine, file: Path) -> int:
    """Return the handle that says that the file is in use, once it is checked and migrated."""
    handle = sqlite_file.hold(file)
    with ExitStack() as undo:
        undo.callback(os.close, handle)
        with _closed_on_error(engine):
            _listen(engine)
            _use_write_ahead_log(engine)
            _migrate(engine)
            sqlite_file.keep_to_owner(file)
        undo.pop_all()
    return handle


@contextmanager
def _closed_on_error(engine: Engine) -> Iterator[None]:
    """Close its connections where it does not come into use: a server would keep them until it is told."""
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        yield
        undo.pop_all()


@contextmanager
def _in_words(engine: Engine, *, is_writing: bool) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise RecordsDown("The records are busy: no connection to them became free. Try again.") from error
    except (DBAPIError, sqlite3.Error) as error:
        shown = sqlite_file.file_of(engine.url) or engine.url.render_as_string(hide_password=True)
        if (trouble := trouble_of(error, place=str(shown), is_writing=is_writing)) is None:
            raise
        raise trouble from error


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == POSTGRESQL:
            location.prepare_server(connection)
        upgrade(connection)


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
    # Without recursive triggers, INSERT OR REPLACE would delete a row without asking the triggers that forbid it.
    wanted = (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "synchronous = FULL",
        f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
    )
    for pragma in wanted:
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    # Said where it changes alone: after it SQLite reads every statement of the connection anew, longer than it asks it.
    if connection.info.get(WRITES) is not writes:
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.info[WRITES] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
