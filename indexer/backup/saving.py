"""Save what cannot be made again in one file, while everything runs."""

import os
import shutil
import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from indexer.backup import archive
from indexer.backup.archive import KEPT, RECORDS, STORES, BackupRefused, Manifest, is_stored
from indexer.base.files import sync
from indexer.catalogue.media import MediaStore
from indexer.records import copying
from indexer.records.errors import RecordsMissing
from indexer.records.sqlite_file import file_of

ON_A_SERVER = (
    "the records are not an SQLite file but lie on a database server: save them by its own means (pg_dump) and keep"
    f" secret-key and the folders {' and '.join(STORES)} of the data folder with the dump. Nothing was written"
)


def records_file(settings: Settings) -> Path:
    """Return the SQLite file of the records. Raises BackupRefused where they lie elsewhere."""
    if (file := file_of(settings.records_url)) is None:
        raise BackupRefused(ON_A_SERVER)
    return file


def save(settings: Settings, target: Path, *, now: datetime) -> Manifest:
    """Write a backup to a new file, whole or not at all, checked, readable by its owner alone, and return its manifest.

    Raises BackupRefused, RecordsRefused, RecordsDown, OSError.
    """
    records = records_file(settings)
    if not records.exists():
        raise RecordsMissing(f"{settings.records_variable}: there are no records at {records}. Name where they lie.")
    if target.exists():
        raise BackupRefused(f"{target} is there already, and a backup never writes over a file. Give another name")
    if not target.parent.is_dir():
        raise BackupRefused(f"the folder {target.parent} is not there. Make it, or give another name")
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        return _save(settings, records, target, work, now=now)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _save(settings: Settings, records: Path, target: Path, work: Path, *, now: datetime) -> Manifest:
    copied, part = work / RECORDS, work / "part"
    store = MediaStore(settings.data_folder)
    # From before the records are copied, so that no picture is removed which they name; where there is no store, none
    # is made, and the records name nothing of it.
    with store.lock() if store.folder.is_dir() else nullcontext():
        copying.copy(records, copied)
        if wrong := copying.faults(copied):
            raise BackupRefused(f"{records} is not worth saving as it is: {wrong[0]}. Nothing was written")
        files = {RECORDS: copied} | _kept(settings.data_folder, work)
        files |= _stored(settings.data_folder)  # after the records, so that all is there that they name
        revision = copying.revision(copied) or ""
        archive.write(part, files, revision=revision, counts=copying.counts(copied), now=now)
    manifest = archive.extract(part, None)
    _put(part, target)
    return manifest


def _kept(data: Path, work: Path) -> dict[str, Path]:
    """Copies of the files of KEPT that are there: they may change while the backup is written."""
    kept = {name: work / name for name in KEPT if (data / name).is_file()}
    for name, copied in kept.items():
        shutil.copyfile(data / name, copied)
    return kept


def _stored(data: Path) -> dict[str, Path]:
    """The files of the stores as members; they never change, so they are read where they lie."""
    found = (path for store in STORES for path in sorted((data / store).glob("*/*")))
    named = {path.relative_to(data).as_posix(): path for path in found}
    return {name: path for name, path in named.items() if is_stored(name)}


def _put(part: Path, target: Path) -> None:
    """In one step, and never over a file that came meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError as there:
        raise BackupRefused(f"{target} is there already, and a backup never writes over a file") from there
    except OSError:  # a file system without hard links, such as a memory stick's
        part.replace(target)
    sync(target.parent)
