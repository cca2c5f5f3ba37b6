"""The version of the tagger that is live, read once and checked; a damaged one is named and passed over."""

from dataclasses import dataclass
from hashlib import sha256

import structlog

from indexer.records import tagger_versions
from indexer.records.database import Database

DIGEST_CHARS = 12
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """What was learned. digest: of the weights, by which the recipe knows it. weights: as they are stored."""

    number: int
    digest: str
    weights: bytes


def digest_of(weights: bytes) -> str:
    """Return what a version's weights are known by. Pure."""
    return sha256(weights).hexdigest()[:DIGEST_CHARS]


def live_number(database: Database) -> int | None:
    """Return the number of the live version; None: what ships speaks alone."""
    with database.reading() as tx:
        found = tagger_versions.live(tx)
    return found.number if found else None


def live_version(database: Database, *, embedder: str) -> LiveVersion | None:
    """Return the live version where it can be used with this embedder; else None, and the log says why."""
    with database.reading() as tx:
        found = tagger_versions.live(tx)
        weights = tagger_versions.weights(tx, found.number) if found else b""
    if found is None:
        return None
    if found.embedder != embedder:
        log.warning("tagger_version_of_another_model", version=found.number, made_for=found.embedder, now=embedder)
        return None
    if digest_of(weights) != found.digest:
        log.warning("tagger_version_damaged", version=found.number, do="carnival tags rollback, or carnival tags train")
        return None
    return LiveVersion(found.number, found.digest, weights)
