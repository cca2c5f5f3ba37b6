"""Vectors of passages that were embedded before: a text that did not change is not embedded again.

A repost, a new version whose beginning is the same and a catalogue that is understood from the beginning find theirs by
the hash of the text, for each model its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from indexer.records import embeddings
from indexer.records.database import Database
from indexer.understanding.embeddings import prompts, wording
from indexer.understanding.embeddings.port import Embedder, Vectors
from indexer.understanding.embeddings.wording import truncate_for_model

MOST = 50_000  # vectors: of 384 dimensions about 90 MB of records
UNUSED = timedelta(days=90)
TOLD_AGAIN = timedelta(days=1)  # of use once more within it: not written
SWEPT_AFTER = 1_000  # vectors that were written, and with the first ones of a process
Vector = NDArray[np.float32]


class Remembered:
    """Embeds what was not embedded before, and keeps it in the records: at most 50,000 vectors, 90 days unused.

    most: how many are left by a sweep.
    """

    def __init__(self, *, most: int = MOST) -> None:
        self._most, self._left = most, 0

    def passages(self, database: Database, embedder: Embedder, texts: Sequence[str], *, now: datetime) -> Vectors:
        """Return what `embedder.passages` would, (n, dimensions); each text that is unknown is embedded once."""
        digests = [digest_of(text) for text in texts]
        known = self._known(database, embedder, digests, now=now)
        unknown = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        made = dict(zip(unknown, embedder.passages(list(unknown.values())), strict=True))
        self._keep(database, embedder, made, now=now)
        every = known | made
        return np.array([every[digest] for digest in digests], dtype=np.float32).reshape(-1, embedder.dimensions)

    def _known(
        self, database: Database, embedder: Embedder, digests: Sequence[str], *, now: datetime
    ) -> dict[str, Vector]:
        if not digests:
            return {}
        with database.reading() as tx:
            held = embeddings.held(tx, embedder.name, set(digests))
        read = {digest: _read(raw, embedder.dimensions) for digest, (raw, _) in held.items()}
        known = {digest: vector for digest, vector in read.items() if vector is not None}
        if stale := [digest for digest in known if held[digest][1] < now - TOLD_AGAIN]:
            with database.transaction() as tx:
                embeddings.touch(tx, embedder.name, stale, at=now)
        return known

    def _keep(self, database: Database, embedder: Embedder, made: Mapping[str, Vector], *, now: datetime) -> None:
        """Before the items are saved: a process that is killed meanwhile has not embedded in vain."""
        if not made:
            return
        with database.transaction() as tx:
            raw = {digest: vector.tobytes() for digest, vector in made.items()}
            embeddings.keep(tx, embedder.name, raw, at=now)
            self._left -= len(made)
            if self._left < 0:
                embeddings.sweep(tx, before=now - UNUSED, most=self._most)
                self._left = SWEPT_AFTER


def digest_of(text: str) -> str:
    """Return what a text is known by: as a model gets it, by the code that puts it before the model. Pure."""
    by = f"{prompts.VERSION}.{wording.VERSION}\n"
    return sha256((by + truncate_for_model(text)).encode()).hexdigest()


def _read(raw: bytes, dimensions: int) -> Vector | None:
    """None of bytes that are no vector of this model: they are made and written anew."""
    if len(raw) != dimensions * np.dtype(np.float32).itemsize:
        return None
    vector = np.frombuffer(raw, dtype=np.float32)
    return vector if np.isfinite(vector).all() else None
