"""Where the records are said to lie: the address read and checked before anything is made or opened there."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from indexer.records.sqlite_file import file_of
from indexer.records.troubles import RecordsDown, RecordsMissing, RecordsRefused, trouble_of

VARIABLE = "CARNIVAL_DATABASE_URL"
IN_MEMORY = "sqlite://"
KINDS = ("sqlite", "postgresql")
FORMS = "Write it as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."


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
        return create_engine(address)
    except ModuleNotFoundError as error:
        do = f"Install it (`pip install {error.name}`), or write postgresql+psycopg:// with the package psycopg."
        raise RecordsRefused(f"{variable}: the driver {error.name!r} is not installed. {do}") from error
    except (ArgumentError, ValueError, TypeError) as error:
        raise RecordsRefused(f"{variable}: is no database address. {FORMS}") from error


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
    except CommandError as error:
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
