"""Versions of what was learned from people's corrections of tags; one of them is live, or none."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Float, Integer, LargeBinary, String, Table, func, insert, select, update

from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of


class Standing(StrEnum):
    """Where a version stands; of all of them one at most is live."""

    LIVE = "live_tagger"
    WAITING = "waiting_tagger"  # worse on what was held back: an administrator decides
    RESTING = "resting_tagger"  # was live, or was passed over


TAGGER_VERSIONS = Table(
    "tagger_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("standing", word(Standing), nullable=False),
    Column("embedder", String(NAME_CHARS), nullable=False),
    Column("digest", String(ID_CHARS), nullable=False),
    Column("lessons", Integer, nullable=False),
    Column("held_back", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("score_before", Float, nullable=False),
    Column("learned_to", Integer, nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("weights", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerVersion:
    """One version. number: from 1. digest: of its weights. lessons, held_back: items it learned from, and was tried on.

    score, score_before: F1 on those held back, of it and of what was live. learned_to: number of the last correction in
    the ledger that it knows.
    """

    number: int
    standing: Standing
    embedder: str
    digest: str
    lessons: int
    held_back: int
    score: float
    score_before: float
    learned_to: int
    who: str
    made_at: datetime


_SLIM = [column for column in TAGGER_VERSIONS.c if column.name != "weights"]


def newest_first(tx: Transaction, *, limit: int = 50) -> list[TaggerVersion]:
    """Return the versions without their weights."""
    query = select(*_SLIM).order_by(TAGGER_VERSIONS.c.number.desc()).limit(limit)
    return [record_of(TaggerVersion, row, TAGGER_VERSIONS) for row in tx.rows(query)]


def version(tx: Transaction, number: int) -> TaggerVersion | None:
    """Return one version without its weights."""
    row = tx.first(select(*_SLIM).where(TAGGER_VERSIONS.c.number == number))
    return record_of(TaggerVersion, row, TAGGER_VERSIONS) if row else None


def live(tx: Transaction) -> TaggerVersion | None:
    """Return the version that is live."""
    row = tx.first(select(*_SLIM).where(TAGGER_VERSIONS.c.standing == Standing.LIVE))
    return record_of(TaggerVersion, row, TAGGER_VERSIONS) if row else None


def weights(tx: Transaction, number: int) -> bytes:
    """Return the weights of a version as they were written; empty where there is none of that number."""
    row = tx.first(select(TAGGER_VERSIONS.c.weights).where(TAGGER_VERSIONS.c.number == number))
    return bytes(row[TAGGER_VERSIONS.c.weights]) if row else b""


def next_number(tx: Transaction) -> int:
    """Return the number of the version that comes next."""
    return 1 + tx.number(select(func.coalesce(func.max(TAGGER_VERSIONS.c.number), 0)))


def add(tx: Transaction, made: TaggerVersion, *, weights: bytes) -> None:
    """Write a version; one that is live puts the others to rest."""
    if made.standing is Standing.LIVE:
        rest(tx)
    tx.change(insert(TAGGER_VERSIONS).values(values_of(made, TAGGER_VERSIONS) | {"weights": weights}))


def rest(tx: Transaction) -> None:
    """Put what is live to rest: then what is shipped speaks alone."""
    c = TAGGER_VERSIONS.c
    tx.change(update(TAGGER_VERSIONS).where(c.standing == Standing.LIVE).values(standing=Standing.RESTING))


def activate(tx: Transaction, number: int) -> None:
    """Make one version the live one."""
    rest(tx)
    tx.change(update(TAGGER_VERSIONS).where(TAGGER_VERSIONS.c.number == number).values(standing=Standing.LIVE))
