"""The background that a deployment's items are related by: made from its catalogue, one for all processes.

Its digest is part of the recipe: where the catalogue has grown by half another one is made, and by the new recipe every
pair is judged again, from the vectors that stand. So the scores of two pairs that are shown rest on one background, or
on the one before it while items are still gone through; a pair is never judged by two.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import numpy as np
import structlog

from indexer.records import backgrounds
from indexer.records.backgrounds import BackgroundMade
from indexer.records.database import Database, Transaction
from indexer.understanding.related.background import LEAST, MOST, Background, background_of, read, written

DIGEST_CHARS = 12
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ground:
    """What items are related by. background: None, and an empty digest, where there are too few vectors for one."""

    background: Background | None = None
    digest: str = ""
    number: int = field(default=0, compare=False)


BARE = Ground()


def ground_number(database: Database, embedder: str) -> int:
    """Return the number of the background that `ground_of` would give, 0 where there is none: asked before a batch."""
    with database.reading() as tx:
        made = backgrounds.newest(tx, embedder)
    return made.number if made else 0


def ground_of(database: Database, embedder: str) -> Ground:
    """Return what items with vectors of this embedder are related by; damaged figures are named in the log."""
    with database.reading() as tx:
        made = backgrounds.newest(tx, embedder)
        figures = backgrounds.figures(tx, made.number) if made else b""
    if made is None:
        return BARE
    background = read(figures) if _digest(figures) == made.digest else None
    if background is None:
        log.warning("background_damaged", embedder=embedder, number=made.number, do="it is made anew as pieces come")
        return BARE
    return Ground(background, made.digest, made.number)


def renew_ground(database: Database, embedder: str, *, now: datetime) -> bool:
    """Make another background where the catalogue wants one; return whether this process made it."""
    with database.reading() as tx:
        made, latest = backgrounds.newest(tx, embedder), backgrounds.newest_vector(tx)
        if not _is_due(made, latest):
            return False
        raw = backgrounds.recent_vectors(tx, embedder, after=latest - MOST, limit=MOST)
        catalogue = backgrounds.count_vectors(tx, embedder) if len(raw) >= LEAST else 0
    if len(raw) < LEAST:
        return False
    background = background_of(np.stack([np.frombuffer(one, dtype=np.float32) for one in raw]))
    if background is None:
        return False
    figures = written(background)
    with database.transaction() as tx:
        if _is_other(tx, made, embedder):
            return False
        row = BackgroundMade(
            number=backgrounds.next_number(tx),
            embedder=embedder,
            digest=_digest(figures),
            catalogue=catalogue,
            read_to=latest,
            made_at=now,
        )
        is_made = backgrounds.replace(tx, row, figures=figures)
    log.info("background_made", embedder=embedder, vectors=len(raw), catalogue=catalogue)
    return is_made


def _is_due(made: BackgroundMade | None, latest: int) -> bool:
    """After half as many vectors again as there were, and 200 at least. Pure."""
    return latest >= (LEAST if made is None else made.read_to + max(LEAST, made.catalogue // 2))


def _is_other(tx: Transaction, made: BackgroundMade | None, embedder: str) -> bool:
    """Tell whether another process made one meanwhile."""
    stands = backgrounds.newest(tx, embedder)
    return (stands.number if stands else 0) != (made.number if made else 0)


def _digest(figures: bytes) -> str:
    return sha256(figures).hexdigest()[:DIGEST_CHARS]
