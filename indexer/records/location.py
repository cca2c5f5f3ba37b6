"""Read and check the address of the records before anything is made or opened there."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from indexer.base.text import REPLACEMENT
from indexer.records.errors import RecordsDown, RecordsMissing, RecordsNewer, RecordsRefused, trouble_of
from indexer.records.sqlite_file import file_of

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import Buffer

VARIABLE = "CARNIVAL_DATABASE_URL"
IN_MEMORY = "sqlite://"
POSTGRESQL = "postgresql"
KINDS = ("sqlite", POSTGRESQL)
FORMS = "Write it as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."

# No statement and no wait for another transaction may hold up a page or a step for good; who forgot a transaction open
# loses it. An address that carries `options` of its own says them all.
CONNECTION = {"connect_timeout": 10}
SESSION = "-c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=300s"
MIGRATING = 0x43415255  # the number of the lock under which one process at a time migrates
UNICODE = "UTF8"


class Missing(StrEnum):
    """What is done where an SQLite file is not there: folder and file are made, the file alone, or nothing."""

    MADE = "made"
    FILE_MADE = "file made"
    REFUSED = "refused"


def read_address(url: str, variable: str) -> URL:
    """Return the address in parts; its password is in no message. Raises RecordsRefused."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise RecordsRefused(f"{variable}: is no database address. {FORMS}") from error
    if address.get_backend_name() not in KINDS:
        what = f"{address.get_backend_name()!r} is no database that the records can lie in"
        raise RecordsRefused(f"{variable}: {what}. {FORMS}")
    return address


def engine_of(address: URL, variable: str) -> Engine:
    """Return the engine; nothing is opened yet. Raises RecordsRefused where its driver is missing."""
    try:
        return _engine_of_server(address) if address.get_backend_name() == POSTGRESQL else create_engine(address)
    except ImportError as error:  # psycopg without its library is there, and cannot be imported
        driver = address.drivername.partition("+")[2] or error.name
        do = "Write postgresql+psycopg:// and install the extra: pip install 'cloud-carnival[postgresql]'."
        raise RecordsRefused(f"{variable}: the driver {driver!r} is not installed. {do}") from error
    except (ArgumentError, ValueError, TypeError) as error:
        raise RecordsRefused(f"{variable}: is no database address. {FORMS}") from error


def _engine_of_server(address: URL) -> Engine:
    given = {name: value for name, value in (CONNECTION | {"options": SESSION}).items() if name not in address.query}
    # A connection may have died since it was used last: the server was started anew, a firewall forgot it.
    engine = create_engine(address, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=given)
    if engine.driver == "psycopg":
        event.listen(engine, "connect", _replace_null_characters)
    return engine


def _replace_null_characters(raw: "psycopg.Connection", _entry: ConnectionPoolEntry) -> None:
    """PostgreSQL takes no null character: what is asked for with one is simply not there."""
    from psycopg.types.string import StrDumperUnknown  # an extra: only who has such records has it

    class NullFree(StrDumperUnknown):
        def dump(self, obj: str) -> "Buffer | None":
            return super().dump(obj.replace("\0", REPLACEMENT))

    raw.adapters.register_dumper(str, NullFree)


def prepare_server(connection: Connection) -> None:
    """Wait for others that migrate the same database, for as long as it takes. Raises RecordsRefused.

    Where the database does not hold every character, texts could not be kept as they were read.
    """
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != UNICODE:
        do = "Make one by `createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME`."
        raise RecordsRefused(f"The database is encoded as {encoding}, the records need {UNICODE}. {do}")
    for limit in ("statement_timeout", "lock_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))
    connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))


def check_file(path: Path, missing: Missing, variable: str) -> None:
    """Raises RecordsRefused where the file of the records is none, or is not there and may not be made."""
    if path.is_dir():
        raise RecordsRefused(f"{variable}: {path} is a folder. Name the file of the records, or another folder.")
    if missing is Missing.REFUSED and not (path.exists() and path.stat().st_size):
        do = f"Correct {variable}; `carnival up` or `carnival units import` makes new records."
        raise RecordsMissing(f"{variable}: there are no records at {path}. {do}")
    if missing is Missing.FILE_MADE and not path.parent.is_dir():
        raise RecordsRefused(f"{variable}: the folder {path.parent} is not there. Make it, or correct {variable}.")


@contextmanager
def refusals(address: URL, variable: str) -> Iterator[None]:
    """What opening meets, in words that name the setting: no database, a damaged or newer one, no access, no server.

    Raises RecordsRefused, and RecordsDown for what may pass.
    """
    shown = str(file_of(address) or address.render_as_string(hide_password=True))
    try:
        yield
    except RecordsNewer as error:
        do = "Update the program, or restore the records of before the update."
        raise RecordsRefused(f"{variable}: {shown} was written by a newer version of this program. {do}") from error
    except (DBAPIError, sqlite3.Error) as error:
        if (trouble := trouble_of(error, place=shown, is_writing=True)) is not None:
            raise type(trouble)(f"{variable}: {trouble}") from error
        cause = error.orig if isinstance(error, DBAPIError) else error
        why = " ".join(str(cause).split()).rstrip(".")
        do = f"Restore the records from a backup, or correct {variable}."
        raise RecordsRefused(f"{variable}: {shown} cannot be opened: {why}. {do}") from error
    except OSError as error:
        kind = RecordsDown if error.errno == errno.ENOSPC else RecordsRefused
        do = f"Give this user a folder and a disk that can be written to, or correct {variable}."
        raise kind(f"{variable}: {shown} cannot be opened: {error.strerror}. {do}") from error
