"""Who is looking at an item in the review queue: shown to others, holding nobody back."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from indexer.accounts import UserId
from indexer.items import ItemId
from indexer.records import tables as t
from indexer.records.database import Transaction


def holder(tx: Transaction, item: ItemId, *, now: datetime) -> UserId | None:
    """Return who holds an item now."""
    c = t.claims.c
    row = tx.first(select(c.holder).where(c.item == item, c.until > now))
    return UserId(row[c.holder]) if row else None


def put(tx: Transaction, item: ItemId, user: UserId, *, until: datetime) -> None:
    """Note that a person works on an item, in place of whoever did."""
    tx.change(delete(t.claims).where(t.claims.c.item == item))
    tx.change(insert(t.claims).values(item=item, holder=user, until=until))


def drop(tx: Transaction, item: ItemId) -> None:
    """Forget who works on an item."""
    tx.change(delete(t.claims).where(t.claims.c.item == item))
