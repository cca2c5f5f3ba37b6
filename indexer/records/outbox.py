"""What search still has to be told: written with the decision, taken away only after the index has it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from indexer.items import ItemId
from indexer.records import tables as t
from indexer.records.database import Transaction


def add(tx: Transaction, items: Iterable[ItemId], *, at: datetime) -> None:
    """Note that search must look at these items again."""
    tx.change(insert(t.outbox), [{"item": item, "at": at} for item in items])


def waiting(tx: Transaction, *, limit: int) -> list[tuple[int, ItemId]]:
    """Return (row id, item), oldest first; one item may stand in it several times."""
    c = t.outbox.c
    return [(row[c.id], row[c.item]) for row in tx.rows(select(t.outbox).order_by(c.id).limit(limit))]


def done(tx: Transaction, row_ids: Iterable[int]) -> None:
    """Take rows away that the index has answered for."""
    tx.change(delete(t.outbox).where(t.outbox.c.id.in_(list(row_ids))))


def depth(tx: Transaction) -> int:
    """Return how many rows wait."""
    return tx.number(select(func.count()).select_from(t.outbox))
