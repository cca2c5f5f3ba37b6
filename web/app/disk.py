"""Check that the deployment can still write: a small file is written and deleted, at most every few seconds."""

import os
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import structlog

EVERY_SECONDS = 5.0
PROBE = b"\0" * 4096  # one block: an empty file fits on a full disk
log = structlog.get_logger()


class DiskProbe:
    """One a process: whoever asks more often is told what was found last."""

    def __init__(self, folders: Sequence[Path], *, every_seconds: float = EVERY_SECONDS) -> None:
        self._folders, self._every = tuple(dict.fromkeys(folders)), every_seconds
        self._lock = threading.Lock()
        self._state, self._at = "ok", float("-inf")

    def state(self, *, now: float) -> str:
        """Return `ok`, or `down` where a folder cannot be written to; now: monotonic seconds."""
        # A disk that hangs holds up one asker; the others are told what was found before.
        if now - self._at >= self._every and self._lock.acquire(blocking=False):
            try:
                self._at, self._state = now, "ok" if all(map(_is_writable, self._folders)) else "down"
            finally:
                self._lock.release()
        return self._state


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(PROBE)
            os.fsync(file.fileno())
    except OSError as error:
        log.warning("disk_not_writable", folder=str(folder), why=error.strerror)
        return False
    return True
