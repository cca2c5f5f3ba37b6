"""The file of a backup: a zip of stored members, with a manifest that names the hash of each.

Nothing in it is compressed: what a member says it holds cannot be more than the file itself holds.
"""

import hashlib
import os
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from config.errors import UNDONE, Refused
from indexer.catalogue import evidence, media, pictures

FORMAT, FORMAT_VERSION = "cloud-carnival backup", 1
MANIFEST, RECORDS = "manifest.json", "carnival.db"
# What the data folder holds that cannot be made again. The search index, vectors of lessons, locks and logs can.
# Not `credentials-key` (indexer/records/sealing.py): a backup that gets lost shall open no platform. After a restore on
# another machine the credentials are set again, and units make new keys.
KEPT = ("secret-key", "demo-port", "demo-prepared", "demo-sign-ins.json", "whitelist-imported")
# Its stores, whose files are named by what they hold and are never changed: folder → what a member's name looks like.
STORES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        evidence.FOLDER: re.compile(rf"{evidence.FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{64}}\.gz"),
        media.FOLDER: re.compile(rf"{media.FOLDER}/[0-9a-f]{{2}}/{pictures.NAME.pattern}"),
    }
)
# A manifest has some 190 bytes for each file, a picture four files: a hundred thousand pieces with five pictures.
MANIFEST_BYTES, KEPT_BYTES, STORED_BYTES = 512 * 1024 * 1024, 1024 * 1024, 64 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
OWNER_ONLY, FOLDER_OWNER_ONLY = 0o600, 0o700


class BackupRefused(Refused):
    """The file is no whole backup, or cannot be used here; one line that names it and says why."""

    exit_code = UNDONE


class Member(BaseModel):
    """One file in a backup; sha256: 64 hex digits."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup says of itself. revision: the migration that its tables stand at. counts: rows by table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str
    format_version: int
    made_at: AwareDatetime
    revision: str
    counts: dict[str, int]
    members: dict[str, Member]


def write(target: Path, files: Mapping[str, Path], *, revision: str, counts: Mapping[str, int], now: datetime) -> None:
    """Write a backup of these files to a new file. Raises OSError."""
    members = {name: _member(path) for name, path in files.items()}
    manifest = Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        made_at=now,
        revision=revision,
        counts=dict(counts),
        members=members,
    )
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_entry(MANIFEST), manifest.model_dump_json(indent=1))
            for name, path in files.items():
                with archive.open(_entry(name), "w", force_zip64=True) as into, path.open("rb") as source:
                    shutil.copyfileobj(source, into, PIECE_BYTES)
        out.flush()
        os.fsync(out.fileno())


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself, after a look at whether it can be true. Raises BackupRefused."""
    with _opened(file) as archive:
        return _manifest(file, archive)


def extract(file: Path, into: Path | None) -> Manifest:
    """Write every member into an empty folder, or nowhere, each compared with its hash. Raises BackupRefused, OSError.

    Names in the file never become paths: only those of this module's own list, and of the stores' form, are taken.
    """
    with _opened(file) as archive:
        manifest = _manifest(file, archive)
        for name, member in manifest.members.items():
            with _refusing(file), archive.open(name) as source:
                if into is None:
                    found = _hashed(source)
                else:
                    (into / name).parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
                    handle = os.open(into / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
                    with os.fdopen(handle, "wb") as out:
                        found = _hashed(source, out)
                        out.flush()
                        os.fsync(out.fileno())
            if found != member:
                raise BackupRefused(f"{file}: {name} in it is not what was saved (its hash differs)")
        return manifest


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    entries = archive.infolist()
    names = Counter(entry.filename for entry in entries)
    if MANIFEST not in names:
        raise BackupRefused(f"{file} is no backup of this program: it holds no {MANIFEST}")
    for entry in entries:
        _check_entry(file, entry, names)
    if sum(entry.file_size for entry in entries) > file.stat().st_size:
        raise BackupRefused(f"{file}: its members overlap, which those of a backup never do")
    with _refusing(file):
        raw = archive.read(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError as error:
        raise BackupRefused(f"{file}: its {MANIFEST} cannot be read ({error.error_count()} faults)") from error
    if manifest.format != FORMAT or manifest.format_version != FORMAT_VERSION:
        raise BackupRefused(
            f"{file} is of the form {manifest.format!r} {manifest.format_version}, this program reads"
            f" {FORMAT!r} {FORMAT_VERSION}. Update it first"
        )
    sizes = {entry.filename: entry.file_size for entry in entries if entry.filename != MANIFEST}
    if RECORDS not in sizes or sizes != {name: member.size for name, member in manifest.members.items()}:
        raise BackupRefused(f"{file} does not hold what its {MANIFEST} names.")
    return manifest


def is_stored(name: str) -> bool:
    """Tell whether a member is a file of one of the stores."""
    return any(form.fullmatch(name) for form in STORES.values())


def _check_entry(file: Path, entry: zipfile.ZipInfo, names: Counter[str]) -> None:
    shown = repr(entry.filename[:80])
    if entry.filename not in (MANIFEST, RECORDS, *KEPT) and not is_stored(entry.filename):
        raise BackupRefused(f"{file} holds {shown}, which no backup of this program does")
    if names[entry.filename] > 1:
        raise BackupRefused(f"{file} holds {shown} twice")
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits & 1:
        raise BackupRefused(f"{file}: {shown} in it is compressed or locked, which no backup of this program is")
    others = STORED_BYTES if is_stored(entry.filename) else KEPT_BYTES
    limit = MANIFEST_BYTES if entry.filename == MANIFEST else others
    if entry.filename != RECORDS and entry.file_size > limit:
        raise BackupRefused(f"{file}: {shown} in it is {entry.file_size} bytes long, at most {limit} are taken")


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    if not file.is_file():
        raise BackupRefused(f"{file} is no file")
    with _refusing(file):
        archive = zipfile.ZipFile(file)
    with archive:
        yield archive


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BackupRefused(f"{file} is no backup, or was damaged or cut short: {error}") from error


def _entry(name: str) -> zipfile.ZipInfo:
    """A member's head without the time of this moment, so that equal contents make equal files."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = OWNER_ONLY << 16
    return entry


def _member(path: Path) -> Member:
    with path.open("rb") as source:
        return _hashed(source)


def _hashed(source: IO[bytes], out: IO[bytes] | None = None) -> Member:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE_BYTES):
        digest.update(piece)
        size += len(piece)
        if out is not None:
            out.write(piece)
    return Member(size=size, sha256=digest.hexdigest())
