"""The engine, and one transaction per use case."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from alembic.util.exc import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Delete, Engine, Insert, RowMapping, Select, Update, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from config.errors import Refused
from indexer.records.migrations.upgrade import upgrade

BUSY_SECONDS = 30
WRITES = "carnival_writes"
VARIABLE = "CARNIVAL_DATABASE_URL"
IN_MEMORY = "sqlite://"
KINDS = ("sqlite", "postgresql")
FORMS = "Write it as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."


class RecordsRefused(Refused):
    """The records cannot be opened as they are set; the text names the variable, what is wrong and what to do."""


class RecordsMissing(RecordsRefused):
    """There are none where they should be."""


class Missing(StrEnum):
    """What is done where an SQLite file is not there: folder and file are made, the file alone, or nothing."""

    MADE = "made"
    FILE_MADE = "file made"
    REFUSED = "refused"


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
    def open(cls, url: str, *, missing: Missing = Missing.MADE, variable: str = VARIABLE) -> Self:
        """Return the database at `url` with all migrations done; several processes may open a new one at once.

        variable: the setting to name in a refusal. Raises RecordsRefused.
        """
        address = _address(url, variable)
        engine = _engine(address, variable)
        with _refusals(address, variable), _opening(address, missing, variable):
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


def _address(url: str, variable: str) -> URL:
    """The address in parts; its password is in no message."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise RecordsRefused(f"{variable}: is no database address. {FORMS}") from error
    if address.get_backend_name() not in KINDS:
        what = f"{address.get_backend_name()!r} is no database that the records can lie in"
        raise RecordsRefused(f"{variable}: {what}. {FORMS}")
    return address


def _engine(address: URL, variable: str) -> Engine:
    try:
        return create_engine(address)
    except ModuleNotFoundError as error:
        do = f"Install it (`pip install {error.name}`), or write postgresql+psycopg:// with the package psycopg."
        raise RecordsRefused(f"{variable}: the driver {error.name!r} is not installed. {do}") from error
    except (ArgumentError, ValueError, TypeError) as error:
        raise RecordsRefused(f"{variable}: is no database address. {FORMS}") from error


@contextmanager
def _refusals(address: URL, variable: str) -> Iterator[None]:
    """What opening meets, in words: no database, a damaged one, a newer one, no access, a server that is not there."""
    shown = address.database if _file(address) else address.render_as_string(hide_password=True)
    try:
        yield
    except CommandError as error:
        do = "Update the program, or restore the records of before the update."
        raise RecordsRefused(f"{variable}: {shown} was written by a newer version of this program. {do}") from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        why = " ".join(str(cause).split()).rstrip(".")
        do = "Check name, password and server"
        if _file(address):
            is_access = isinstance(cause, sqlite3.OperationalError)  # not readable, locked; else: no database, damaged
            do = "Check its rights and its disk" if is_access else "Restore the records from a backup"
        raise RecordsRefused(f"{variable}: {shown} cannot be opened: {why}. {do}, or correct {variable}.") from error
    except OSError as error:
        do = f"Check the rights, or correct {variable}."
        raise RecordsRefused(f"{variable}: {shown} cannot be opened: {error.strerror}. {do}") from error


def _file(address: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory and for a server's."""
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    return Path(address.database)


def _opening(address: URL, missing: Missing, variable: str) -> FileLock | nullcontext[None]:
    """One process at a time makes the file and migrates it."""
    if (path := _file(address)) is None:
        return nullcontext()
    if path.is_dir():
        raise RecordsRefused(f"{variable}: {path} is a folder. Name the file of the records, or another folder.")
    if missing is Missing.REFUSED and not (path.exists() and path.stat().st_size):
        do = f"Correct {variable}; `carnival up` or `carnival units import` makes new records."
        raise RecordsMissing(f"{variable}: there are no records at {path}. {do}")
    if missing is Missing.FILE_MADE and not path.parent.is_dir():
        raise RecordsRefused(f"{variable}: the folder {path.parent} is not there. Make it, or correct {variable}.")
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
