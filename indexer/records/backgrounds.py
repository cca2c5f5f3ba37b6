"""What all vectors of a catalogue have in common, as it was made last: one row for each embedder."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, LargeBinary, String, Table, delete, func, select

from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.understood import VECTORS
from indexer.records.upserts import insert_those_not_there

BACKGROUNDS = Table(
    "backgrounds",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("embedder", String(NAME_CHARS), nullable=False),
    Column("digest", String(ID_CHARS), nullable=False),
    Column("catalogue", Integer, nullable=False),
    Column("read_to", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("figures", LargeBinary, nullable=False),
)
_SLIM = [column for column in BACKGROUNDS.c if column.name != "figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundMade:
    """One of them. number: from 1, of all embedders. digest: of its figures. catalogue: how many vectors of the
    embedder there were. read_to: the number of the newest vector there was.
    """

    number: int
    embedder: str
    digest: str
    catalogue: int
    read_to: int
    made_at: datetime


def newest(tx: Transaction, embedder: str) -> BackgroundMade | None:
    """Return the background of an embedder, without its figures; None where none was made yet."""
    row = tx.first(select(*_SLIM).where(BACKGROUNDS.c.embedder == embedder).order_by(BACKGROUNDS.c.number.desc()))
    return record_of(BackgroundMade, row, BACKGROUNDS) if row else None


def figures(tx: Transaction, number: int) -> bytes:
    """Return the figures of a background as they were written; empty where there is none of that number."""
    row = tx.first(select(BACKGROUNDS.c.figures).where(BACKGROUNDS.c.number == number))
    return bytes(row[BACKGROUNDS.c.figures]) if row else b""


def next_number(tx: Transaction) -> int:
    """Return the number of the background that is made next."""
    return 1 + tx.number(select(func.coalesce(func.max(BACKGROUNDS.c.number), 0)))


def replace(tx: Transaction, made: BackgroundMade, *, figures: bytes) -> bool:
    """Write a background in place of those of its embedder; False, and nothing is written, where its number is taken:
    another process made one meanwhile.
    """
    c = BACKGROUNDS.c
    if not insert_those_not_there(tx, BACKGROUNDS, [values_of(made, BACKGROUNDS) | {"figures": figures}]):
        return False
    tx.change(delete(BACKGROUNDS).where(c.embedder == made.embedder, c.number < made.number))
    return True


def newest_vector(tx: Transaction) -> int:
    """Return the number of the vector that was written last, 0 where there is none."""
    return tx.number(select(func.coalesce(func.max(VECTORS.c.number), 0)))


def count_vectors(tx: Transaction, embedder: str) -> int:
    """Return how many items have a vector of this embedder."""
    return tx.number(select(func.count()).select_from(VECTORS).where(VECTORS.c.embedder == embedder))


def recent_vectors(tx: Transaction, embedder: str, *, after: int, limit: int) -> list[bytes]:
    """Return the vectors that one embedder made, newest first, of those that were written after a number."""
    v = VECTORS.c
    query = select(v.vector).where(v.embedder == embedder, v.number > after).order_by(v.number.desc(), v.item)
    return [row[v.vector] for row in tx.rows(query.limit(limit))]
