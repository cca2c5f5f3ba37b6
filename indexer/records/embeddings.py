"""Vectors of texts that were embedded before, by the hash of the text and by the model: kept within bounds.

Unlike the vectors of items (`understood.py`) nothing rests on these: each can be made again from its text.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, String, Table, delete, select, tuple_, update

from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert_all

EMBEDDINGS = Table(
    "embeddings",
    metadata,
    Column("digest", String(ID_CHARS), primary_key=True),
    Column("model", String(NAME_CHARS), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("used_at", Moment, nullable=False),
    Index(None, "used_at"),
)


def held(tx: Transaction, model: str, digests: Iterable[str]) -> dict[str, tuple[bytes, datetime]]:
    """Return digest → (vector, when it was last of use) of those texts that this model embedded before."""
    c = EMBEDDINGS.c
    found = tx.rows(select(c.digest, c.vector, c.used_at).where(c.model == model, c.digest.in_(list(digests))))
    return {row[c.digest]: (row[c.vector], row[c.used_at]) for row in found}


def keep(tx: Transaction, model: str, vectors: Mapping[str, bytes], *, at: datetime) -> None:
    """Write vectors by the digests of their texts, over those that are there."""
    rows = [{"digest": digest, "model": model, "vector": raw, "used_at": at} for digest, raw in vectors.items()]
    upsert_all(tx, EMBEDDINGS, key=("digest", "model"), rows=rows)


def touch(tx: Transaction, model: str, digests: Iterable[str], *, at: datetime) -> None:
    """Say that these were of use again."""
    c = EMBEDDINGS.c
    tx.change(update(EMBEDDINGS).where(c.model == model, c.digest.in_(list(digests))).values(used_at=at))


def sweep(tx: Transaction, *, before: datetime, most: int) -> int:
    """Remove what was of no use since `before`, and of more than `most` those of use longest ago; return how many."""
    c = EMBEDDINGS.c
    beyond = select(c.digest, c.model).order_by(c.used_at.desc(), c.digest, c.model).offset(most)
    gone = tx.change(delete(EMBEDDINGS).where(c.used_at < before))
    return gone + tx.change(delete(EMBEDDINGS).where(tuple_(c.digest, c.model).in_(beyond)))
