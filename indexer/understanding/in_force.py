"""The rules in force: the policy's file and what administrators switched, read again as either changes."""

from pathlib import Path

import structlog

from config.errors import ConfigRefused
from config.policy import Policy, live, load_policy
from config.settings import Settings
from indexer.records.database import Database
from indexer.understanding.switches import switched

log = structlog.get_logger()
Stamp = tuple[int, int]


class RulesInForce:
    """Looks whether file or switches changed. A file that is faulty by now changes nothing, and the log says so.

    policy: as it was read last, None before the first look. trouble: of the file as it is now, empty where it is right.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._file, self._database = settings.policy_file, database
        self._stamp: Stamp | None = None
        self._whole: Policy | None = None
        self._switched: dict[str, bool] = {}
        self.policy: Policy | None = None
        self.trouble = ""

    def is_changed(self) -> bool:
        """Look; True where `policy` is another one now. Raises ConfigRefused where the first file is faulty."""
        whole = self._read()
        with self._database.reading() as tx:
            now_switched = switched(tx)
        if self.policy is not None and whole is self._whole and now_switched == self._switched:
            return False
        self._whole, self._switched = whole, now_switched
        self.policy = live(whole, now_switched)
        return True

    def _read(self) -> Policy:
        stamp = _stamp(self._file)
        if self._whole is not None and stamp == self._stamp:
            return self._whole
        self._stamp = stamp
        try:
            read = load_policy(self._file)
        except ConfigRefused as refused:
            if self._whole is None:
                raise
            self.trouble = str(refused)
            log.warning("policy_not_reloaded", file=self._file.name, problems=len(refused.problems), first=self.trouble)
            return self._whole
        self.trouble = ""
        return read


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
    except FileNotFoundError:  # while an editor puts another one in its place
        return None
    return found.st_mtime_ns, found.st_size
