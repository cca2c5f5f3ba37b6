"""A policy's file that is read again where it changed, so that rules need no restart."""

from pathlib import Path

import structlog

from config.errors import ConfigRefused
from config.policy import Policy, load_policy

log = structlog.get_logger()
Stamp = tuple[int, int]


class PolicyFile:
    """A policy's file, read again where it changed. One that is faulty by then changes nothing, and the log says so.

    trouble: of the file as it is now, empty where it is right.
    """

    def __init__(self, file: Path, *, given: Policy | None = None) -> None:
        self._file, self._given = file, given
        self._stamp: Stamp | None = None
        self._read: Policy | None = given
        self.trouble = ""

    def read(self) -> Policy:
        """Return the rules, drafts included. Raises ConfigRefused where the first file is faulty."""
        if self._given is not None:
            return self._given
        stamp = _stamp(self._file)
        if self._read is not None and stamp in (self._stamp, None):
            return self._read
        self._stamp = stamp
        try:
            self._read = load_policy(self._file)
        except ConfigRefused as refused:
            if self._read is None:
                raise
            self.trouble = str(refused)
            log.warning("policy_not_reloaded", file=self._file.name, problems=len(refused.problems), said=self.trouble)
            return self._read
        self.trouble = ""
        return self._read


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
    except FileNotFoundError:  # while an editor puts another one in its place
        return None
    return found.st_mtime_ns, found.st_size
