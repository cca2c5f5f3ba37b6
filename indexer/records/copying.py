"""Copy SQLite records consistently while everything runs, and check whether a copy can be used here."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from indexer.records.errors import RecordsDown, RecordsRefused
from indexer.records.migrations.upgrade import revisions
from indexer.records.sqlite_file import OWNER_ONLY, hold, integrity, opening

LEFT_OUT = ("sessions",)  # one that was ended since shall not come back with the backup
COUNTED = ("items", "versions", "decisions", "whitelist_changes", "channels", "users")


def copy(source: Path, target: Path) -> None:
    """Write the records, as they are at one moment, to a new file that needs no log beside it; without LEFT_OUT.

    Others go on reading and writing. Raises RecordsRefused where the source is damaged, RecordsDown where it is being
    restored or the disk is full; then the target may be there in part.
    """
    with opening(source):
        handle = hold(source)
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as made:
            made.execute("PRAGMA synchronous = FULL")
            held.backup(made)  # in one step, so from one picture of the records
            _leave_out(made)
            made.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
        raise RecordsDown(f"The records {source} could not be copied to {target.parent}: {error}") from error
    finally:
        os.close(handle)


def _leave_out(made: sqlite3.Connection) -> None:
    there = {row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with made:
        made.execute("PRAGMA secure_delete = ON")
        for table in there & set(LEFT_OUT):
            made.execute(f"DELETE FROM {table}")  # noqa: S608 - our names


def faults(copied: Path) -> list[str]:
    """Return why a copy cannot be used here: what SQLite finds wrong, or a newer program's tables; empty if it can."""
    if wrong := integrity(copied):
        return wrong
    found = revision(copied)
    if found not in revisions():
        return [f"it was made by a newer version (migration {found or 'none'}): update this one first"]
    return []


def revision(copied: Path) -> str | None:
    """Return the migration that the tables of a file stand at; None where it holds no such thing."""
    with closing(_read_only(copied)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            return None
    return str(row[0]) if row else None


def counts(copied: Path) -> Mapping[str, int]:
    """Return how many rows the tables hold that people made or were collected."""
    with closing(_read_only(copied)) as connection:
        try:
            return {
                table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our names
                for table in COUNTED
            }
        except sqlite3.DatabaseError as error:
            raise RecordsRefused(f"{copied} holds no records of this program: {error}") from error


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
