"""The store of evidence: each answer that a version was read from, compressed, in the data folder by its hash.

A feed's bytes are kept once, however many entries were read from them.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from isal import igzip

from indexer.base.files import FOLDER_OWNER_ONLY, sync, write_parts
from indexer.base.ids import ItemId
from indexer.base.text import storable
from indexer.catalogue.items import URL_CHARS, Evidence

FOLDER = "evidence"
LEVEL = 2  # of isal: a sixth of the processor time of zlib's 3, for 5 % more bytes of captured pages
HEADERS, HEADER_CHARS = 60, 1000  # that many headers of an answer are kept, so much of each
LEFT_OUT = frozenset({"set-cookie"})  # a visitor's mark says nothing of the page


class EvidenceDamaged(Exception):
    """The bytes are not there, or not those that were received; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An answer as it came, or a file as it was pushed: body as sent, headers with names in lower case.

    status: of HTTP, or NOT_ASKED. is_page: it is the piece's own page.
    """

    url: str
    body: bytes
    at: datetime
    status: int = 200
    headers: Mapping[str, str]
    is_page: bool = True


@dataclass(kw_only=True)
class Prepared:
    """An answer that may be kept; written beside the store already, keeping it is one quick step."""

    received: Received
    store: "EvidenceStore"
    part: Path | None = None
    unsettled: Path | None = None

    @cached_property
    def sha256(self) -> str:
        """Reckoned by whoever asks first: of an answer that nobody keeps nobody does."""
        return hashlib.sha256(self.received.body).hexdigest()

    @property
    def is_to_be_written(self) -> bool:
        """Whether the bytes lie neither beside the store nor in it."""
        return self.part is None and not self.store.path(self.sha256).exists()

    def packed(self) -> bytes:
        """Return the bytes as they lie in the store."""
        return igzip.compress(self.received.body, LEVEL, mtime=0)

    def keep(self, item: ItemId, version: int) -> Evidence:
        """Put the bytes in their place, and return the row of this version; called where the version is written.

        Before that is committed, `settle` sees to it that they stay there. Raises OSError.
        """
        write_all([self])
        if self.part is not None:
            self.unsettled = self.store.put(self.part, self.sha256)
            self.part = None
        received = self.received
        kept = [(name, value) for name, value in sorted(received.headers.items()) if name not in LEFT_OUT][:HEADERS]
        return Evidence(
            item=item,
            version=version,
            url=storable(received.url)[:URL_CHARS],
            status=received.status,
            headers={storable(name)[:HEADER_CHARS]: storable(value)[:HEADER_CHARS] for name, value in kept},
            received_at=received.at,
            sha256=self.sha256,
            size=len(received.body),
        )


def write_all(wanted: Iterable[Prepared]) -> None:
    """Write the bytes of answers beside the store, each once: the disk is waited for when all are written.

    Raises OSError.
    """
    missing = list({one.sha256: one for one in wanted if one.is_to_be_written}.values())
    parts = write_parts((one.store.folder, one.packed()) for one in missing)
    for one, part in zip(missing, parts, strict=True):
        one.part = part


def settle(kept: Iterable[Prepared]) -> None:
    """Wait until what was put in its place lies there on the disk. Raises OSError."""
    moved = [one for one in kept if one.unsettled is not None]
    for folder in {one.unsettled for one in moved if one.unsettled is not None}:
        sync(folder)
    for one in moved:
        one.unsettled = None


class EvidenceStore:
    """The folder `evidence` of a data folder: `ab/<sha256>.gz`. Any number of processes may write it."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER

    @contextmanager
    def prepared(self, received: Received) -> Iterator[Prepared]:
        """Give an answer that may be kept; what of it was written and not kept by the end is gone again."""
        made = Prepared(received=received, store=self)
        try:
            yield made
        finally:
            if made.part is not None:
                made.part.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the bytes of this hash lie."""
        return self.folder / sha256[:2] / f"{sha256}.gz"

    def put(self, part: Path, sha256: str) -> Path:
        """Move a written part to its place, and return the folder; one that came there meanwhile is the same."""
        target = self.path(sha256)
        target.parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
        os.replace(part, target)
        return target.parent

    def read(self, evidence: Evidence) -> bytes:
        """Return the bytes as they were received. Raises EvidenceDamaged where they are not those any more."""
        path = self.path(evidence.sha256)
        try:
            with gzip.open(path) as packed:
                body = packed.read(evidence.size + 1)
        except FileNotFoundError as error:
            raise EvidenceDamaged(f"{path} is not there") from error
        except (OSError, EOFError, zlib.error) as error:
            raise EvidenceDamaged(f"{path} cannot be unpacked: {error}") from error
        if len(body) != evidence.size or hashlib.sha256(body).hexdigest() != evidence.sha256:
            raise EvidenceDamaged(f"{path} does not hold the bytes that were received")
        return body
