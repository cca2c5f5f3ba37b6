"""Put a backup back: all of it or nothing, never under a running deployment, and nothing that was there is deleted."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from config.folders import UP_LOCK
from config.settings import Settings
from indexer.backup import archive
from indexer.backup.archive import KEPT, RECORDS, STORES, BackupRefused, Manifest
from indexer.backup.saving import records_file
from indexer.base.files import sync
from indexer.records import copying
from indexer.records.sqlite_file import FOLDER_OWNER_ONLY, RESTORING, alone, beside
from indexer.search.factory import FOLDER as SEARCH_FOLDER

LEFT_FREE_BYTES = 16 * 1024 * 1024
POISON = ("-wal", "-shm", "-journal")  # SQLite would read them into the records that are put in their place
WORK_PREFIX = ".restoring-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back; aside: the folder that holds what stood there before, None where there was nothing."""

    manifest: Manifest
    aside: Path | None


def restore(settings: Settings, file: Path, *, replace: bool, stamp: str) -> Restored:
    """Put a backup's files in place; whatever stood there is moved aside, into a folder whose name ends with `stamp`.

    Raises BackupRefused, RecordsDown where something runs on these records, OSError. Until all is checked nothing is
    moved; a restore killed while it moves is told by every later start, and can be run again.
    """
    records = records_file(settings)
    manifest = archive.read_manifest(file)
    _need_room(file, manifest, records, settings.data_folder)
    settings.data_folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_OWNER_ONLY)
    with _nothing_running(settings), alone(records):
        half_done = beside(records, RESTORING)
        if records.exists() and not replace and not half_done.exists():
            raise BackupRefused(f"{records} is there already. Give --replace to move it aside")
        _clear(records.parent)
        work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX, dir=records.parent))
        try:
            archive.extract(file, work)
            if wrong := copying.faults(work / RECORDS):
                raise BackupRefused(f"{file}: the records in it cannot be used here: {wrong[0]}")
            if copying.counts(work / RECORDS) != manifest.counts:
                raise BackupRefused(f"{file}: the records in it are not those that its manifest counts")
            half_done.touch(mode=0o600)
            aside = _move_aside(settings, records, stamp)
            _put(settings, records, work, manifest)
            half_done.unlink()
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Restored(manifest=manifest, aside=aside)


@contextmanager
def _nothing_running(settings: Settings) -> Iterator[None]:
    try:
        with FileLock(settings.data_folder / UP_LOCK, timeout=0, mode=0o600):
            yield
    except Timeout as busy:
        raise BackupRefused(f"`carnival up` runs on {settings.data_folder}. Stop it first") from busy


def _need_room(file: Path, manifest: Manifest, records: Path, data: Path) -> None:
    """All of it beside the records; and what the data folder gets, where that is another disk, once more there."""
    beside_records, in_data = (_nearest(folder) for folder in (records.absolute().parent, data.absolute()))
    whole = sum(member.size for member in manifest.members.values())
    _need(file, whole, beside_records)
    if in_data.stat().st_dev != beside_records.stat().st_dev:
        moved_aside = records.stat().st_size if records.exists() else 0
        _need(file, whole - manifest.members[RECORDS].size + moved_aside, in_data)


def _nearest(folder: Path) -> Path:
    """The folder itself, or where it will be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _need(file: Path, size: int, folder: Path) -> None:
    free, needed = shutil.disk_usage(folder).free, size + LEFT_FREE_BYTES
    if needed > free:
        raise BackupRefused(f"{file} needs {needed} bytes in {folder}, where {free} are free")


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a restore that was killed: copies of what a backup holds


def _move_aside(settings: Settings, records: Path, stamp: str) -> Path | None:
    there = [each for each in _replaced(settings, records) if each.exists()]
    if not there:
        return None
    aside = settings.data_folder / f"replaced-{stamp}"
    aside.mkdir(mode=FOLDER_OWNER_ONLY)
    # The log goes before the records it belongs to are out of reach of it; a kill in between is told by the mark.
    for each in there:
        shutil.move(each, aside / each.name)
    sync(aside)
    return aside


def _replaced(settings: Settings, records: Path) -> Sequence[Path]:
    data = settings.data_folder
    return (
        *(beside(records, ending) for ending in POISON),
        records,
        data / SEARCH_FOLDER,  # holds what is public no longer, or not yet
        *(data / name for name in KEPT),
        *(data / store for store in STORES),
    )


def _put(settings: Settings, records: Path, work: Path, manifest: Manifest) -> None:
    for name in KEPT:
        if name in manifest.members:
            shutil.move(work / name, settings.data_folder / name)
    for store in STORES:
        if (work / store).is_dir():
            shutil.move(work / store, settings.data_folder / store)
    os.replace(work / RECORDS, records)
    for folder in {settings.data_folder, records.parent}:
        sync(folder)
