"""Errors of the database: refused for good, down for now, or contended by another transaction."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

from config.errors import Refused
from indexer.base.not_now import NotNow

ASK_DISK = "Nothing was written. Free some space, then try again."
RESTORE = "Restore the last backup: carnival restore FILE --replace."


class RecordsRefused(Refused):
    """The records cannot be used as they are or as configured; the one line says which, and what to do."""


class RecordsMissing(RecordsRefused):
    """There are none where they should be."""


class RecordsNewer(Exception):
    """A newer version of this program wrote the tables; who opens them says so in words."""


class RecordsDown(Refused, NotNow):
    """The records cannot be used now, and nothing was written: the disk is full, they are locked, gone, or away."""


class RecordsContended(RecordsDown):
    """Another transaction wrote the same rows at the same moment; nothing was written, and the next try may succeed."""


# Of PostgreSQL, by its SQLSTATE.
CONTENDED = {"40001", "40P01"}  # another transaction came first; each waited for the other
TOO_LONG = {"22001", "54000"}  # for its column, for its index
WAITED = {"55P03", "57014"}  # for a lock, for the end of a statement
PASSING = {
    sqlite3.SQLITE_FULL: f"cannot be written: the disk is full. {ASK_DISK}",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error, is full or a limit is reached. "
    "Nothing was written. Look at the disk, then try again.",
    sqlite3.SQLITE_BUSY: "are locked by another process for too long. Nothing was written. Try again.",
    sqlite3.SQLITE_LOCKED: "are locked for too long. Nothing was written. Try again.",
    sqlite3.SQLITE_PROTOCOL: "are locked by another process for too long. Nothing was written. Try again.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: the file, its folder or the right to them is gone. "
    "Put them right, then try again.",
    sqlite3.SQLITE_READONLY: "cannot be written: disk or file is read-only. Nothing was written. Make it writable.",
    sqlite3.SQLITE_PERM: "cannot be read: the file's permissions forbid it. Make it this user's.",
}
LASTING = {
    sqlite3.SQLITE_CORRUPT: f"are damaged. Stop everything. {RESTORE}",
    sqlite3.SQLITE_NOTADB: f"are no SQLite database. {RESTORE}",
}


def trouble_of(
    error: DBAPIError | sqlite3.Error, *, place: str, is_writing: bool
) -> RecordsRefused | RecordsDown | None:
    """Return what an error of the database means; None for one that the statement itself made.

    place: the file or address, as it may be shown. A reading refuses writes by "read-only" too: no trouble of the disk.
    """
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return RecordsDown(f"The records {place} lost the connection. Nothing was written. Try again.")
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return _trouble_of_server(error, place=place, state=getattr(cause, "sqlstate", None))
    if code == sqlite3.SQLITE_READONLY and not is_writing:
        return None
    primary = code & 0xFF  # the higher bytes tell apart kinds of one trouble
    if words := LASTING.get(primary):
        return RecordsRefused(f"The records {place} {words}")
    if words := PASSING.get(primary):
        return RecordsDown(f"The records {place} {words}")
    return None


def _trouble_of_server(
    error: DBAPIError | sqlite3.Error, *, place: str, state: str | None
) -> RecordsRefused | RecordsDown | None:
    """What a server calls operational is its connection, its disk, its load."""
    if state in CONTENDED:
        return RecordsContended(f"The records {place} were written by others at the same moment. Try again.")
    if state in WAITED:
        return RecordsDown(f"The records {place} are busy for too long. Nothing was written. Try again.")
    if state in TOO_LONG:
        return RecordsRefused(f"The records {place} have no room for a text of this length. Nothing was written.")
    if not isinstance(error, OperationalError):
        return None
    why = str(error.orig).strip().splitlines()
    what = f"The records {place} do not answer: {why[0] if why else 'no reason given'}"
    return RecordsDown(f"{what}. Nothing was written. Try again.")
