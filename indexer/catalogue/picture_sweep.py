"""The step that removes pictures which no item shows any longer, and what a killed process left half-written."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

import structlog

from config.settings import Settings
from indexer.base.files import parts, remove_old_parts
from indexer.base.times import now
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.media import MediaStore
from indexer.records import picture_sweep
from indexer.records.database import Database

LOOK_SECONDS = 3600.0  # between two sweeps of a process
BATCH = 500
LEFT_OVER = timedelta(hours=1)  # a part so old is nobody's: what is being kept is written at once

log = structlog.get_logger()


class PictureSweep:
    """Once an hour: what is settled for `settings.picture_days` loses its pictures, unless another item shows them."""

    name, every, batch = "picture_sweep", 60.0, 1

    def __init__(self, settings: Settings, database: Database) -> None:
        self._grace = timedelta(days=settings.picture_days)
        self._store, self._database = MediaStore(settings.data_folder), database
        self._evidence = EvidenceStore(settings.data_folder).folder
        self._next = 0.0

    def waits(self) -> bool:
        return time.monotonic() >= self._next

    def do(self) -> int:
        self._next = time.monotonic() + LOOK_SECONDS
        before = now() - self._grace
        forgotten = _all_of(lambda: self._forget(before))
        removed = _all_of(self._remove_unused)
        left = self._remove_parts() + self._remove_unknown()
        if forgotten or removed or left:
            log.info("pictures_swept", uses=forgotten, pictures=removed, left_over=left)
        return forgotten + removed + left

    def _forget(self, before: datetime) -> int:
        with self._database.transaction() as tx:
            return picture_sweep.forget_uses(tx, before=before, limit=BATCH)

    def _remove_unused(self) -> int:
        with self._store.lock():  # nobody keeps one of them meanwhile
            with self._database.transaction() as tx:
                hashes = picture_sweep.forget_unused(tx, limit=BATCH)
            for hash in hashes:
                self._store.remove(hash)
        return len(hashes)

    def _remove_parts(self) -> int:
        with self._store.lock():  # whoever writes holds it, so these are of processes that were killed
            left = list(parts(self._store.folder))
            for part in left:
                part.unlink()
        old = (now() - LEFT_OVER).timestamp()  # evidence is written without a lock
        return len(left) + remove_old_parts(self._evidence, before=old)

    def _remove_unknown(self) -> int:
        """Files that no record names: of a process that was killed between writing them and saying so."""
        removed, names = 0, self._store.names()
        while some := list(islice(names, BATCH)):
            with self._store.lock(), self._database.reading() as tx:
                unknown = picture_sweep.unknown(tx, {name.partition("-")[0] for name in some})
                for hash in unknown:
                    self._store.remove(hash)
            removed += len(unknown)
        return removed


def _all_of(batch: Callable[[], int]) -> int:
    """Call it until nothing is left; return how many those were together."""
    return sum(iter(batch, 0))


def make(settings: Settings, database: Database) -> PictureSweep:
    """Return the step."""
    return PictureSweep(settings, database)
