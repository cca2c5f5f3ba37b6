"""The file of SQLite records: its permissions, who has it open, and whether a crash left it whole."""

import fcntl
import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import URL, make_url

from indexer.records.errors import RESTORE, RecordsDown, RecordsRefused
from indexer.records.write_ahead_log import examine

OPENING_SECONDS = 60.0
OWNER_ONLY, FOLDER_OWNER_ONLY = 0o600, 0o700
BESIDE = ("-wal", "-shm", "-journal", ".lock", ".use")
RESTORING = ".restoring"
# Not structlog: opened before a command sets its logs up, and those that never do must keep standard output clean.
log = logging.getLogger(__name__)


def file_of(address: URL | str) -> Path | None:
    """Return the file of SQLite records; None where they lie in memory or on a server."""
    address = make_url(address)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    return Path(address.database)


def beside(path: Path, ending: str) -> Path:
    """Return the file of this ending beside the records: `-wal`, `-shm`, `-journal`, `.lock`, `.use`."""
    return path.with_name(f"{path.name}{ending}")


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Let one process at a time make, check, migrate or replace the file. Raises RecordsDown after OPENING_SECONDS."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_OWNER_ONLY)
    try:
        with FileLock(beside(path, ".lock"), timeout=OPENING_SECONDS, mode=OWNER_ONLY):
            yield
    except Timeout as busy:
        raise RecordsDown(
            f"The records {path} are being opened or restored by another process for longer than"
            f" {OPENING_SECONDS:.0f} s. Try again when it has ended."
        ) from busy


def hold(path: Path) -> int:
    """Make the file where it is new, check it where nobody has it open, and return the handle that says: in use.

    Whoever closes the handle, and a process that ends however it ends, has the records open no longer.
    Only while `opening`. Raises RecordsRefused where a crash, or someone, left the file so that work would be lost.
    """
    _refuse_half_restored(path)
    # SQLite gives its log and its index the file's own mode, so a new file is made before SQLite sees it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    handle = os.open(beside(path, ".use"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        if _is_locked(handle, fcntl.LOCK_EX):
            _check(path)
        fcntl.flock(handle, fcntl.LOCK_SH)
    except BaseException:
        os.close(handle)
        raise
    return handle


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other process from opening the records meanwhile. Raises RecordsDown where one has them open."""
    with opening(path):
        handle = os.open(beside(path, ".use"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        try:
            if not _is_locked(handle, fcntl.LOCK_EX):
                raise RecordsDown(
                    f"The records {path} are in use. Stop `carnival up`, `carnival web`, `carnival crawl` and every"
                    " other `carnival` command on them first."
                )
            yield
        finally:
            os.close(handle)


def keep_to_owner(path: Path) -> None:
    """Narrow the file and all beside it to their owner; only once it is known that they are records of ours."""
    for each in (path, *(beside(path, ending) for ending in BESIDE)):
        try:
            mode = stat.S_IMODE(each.stat().st_mode)
        except FileNotFoundError:
            continue
        if mode & ~OWNER_ONLY:
            _narrow(each, mode)


def identity(path: Path) -> tuple[int, int] | None:
    """Return what stays the same as long as the file is neither deleted nor replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def integrity(path: Path) -> list[str]:
    """Return what SQLite itself finds wrong with a file, empty where nothing; changes nothing, leaves no log behind."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [words for words in found if words != "ok"] + [
        f"row {row} of {table} points to a row of {parent} that is not there" for table, row, parent, _ in loose
    ]


def _is_locked(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refuse_half_restored(path: Path) -> None:
    if beside(path, RESTORING).exists():
        raise RecordsRefused(f"A restore of {path} was stopped halfway. Run it again: carnival restore FILE --replace.")


def _narrow(path: Path, mode: int) -> None:
    try:
        path.chmod(OWNER_ONLY)
    except PermissionError:
        log.warning("records_open_to_others: %s has mode %o and is not ours to change", path, mode)
    else:
        log.info("records_narrowed: %s had mode %o", path, mode)


def _check(path: Path) -> None:
    """Before SQLite sees what a crash left: what it cannot read it would drop without a word."""
    state = examine(path)
    if state.kept and not path.stat().st_size:
        raise RecordsRefused(
            f"The records {path} are gone, only their write-ahead log is there. Nothing was changed. {RESTORE}"
        )
    if state.is_damaged:
        raise RecordsRefused(
            f"The write-ahead log {beside(path, '-wal')} is damaged: of {state.committed} pages that were saved only"
            f" {state.kept} can be read. Nothing was changed. {RESTORE} To go on with what is left of them:"
            " carnival audit accept-loss."
        )
    if state.torn:
        log.warning("unfinished_work_dropped: %s, %d pages of a transaction that a crash cut off", path, state.torn)
    if state.kept and (wrong := integrity(path)):
        raise RecordsRefused(
            f"The records {path} and their write-ahead log do not fit together ({wrong[0]}). Nothing was changed."
            f" {RESTORE}"
        )
