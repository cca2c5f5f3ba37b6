"""Who is looking at an item in the review queue: shown to others, holding nobody back."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select

from indexer.accounts import UserId
from indexer.items import ItemId
from indexer.records import tables as t
from indexer.records.database import Transaction
from indexer.times import CLOCK_SLACK

CLAIM = timedelta(minutes=10)  # how long a look at an item is shown to others


def is_held(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a claim holds now; one that ends too late was made by a clock that was ahead."""
    return and_(t.claims.c.until > now, t.claims.c.until <= now + CLAIM + CLOCK_SLACK)


def holder(tx: Transaction, item: ItemId, *, now: datetime) -> UserId | None:
    """Return who holds an item now."""
    c = t.claims.c
    row = tx.first(select(c.holder).where(c.item == item, is_held(now)))
    return UserId(row[c.holder]) if row else None


def put(tx: Transaction, item: ItemId, user: UserId, *, until: datetime) -> None:
    """Note that a person works on an item, in place of whoever did."""
    tx.change(delete(t.claims).where(t.claims.c.item == item))
    tx.change(insert(t.claims).values(item=item, holder=user, until=until))


def drop(tx: Transaction, item: ItemId) -> None:
    """Forget who works on an item."""
    tx.change(delete(t.claims).where(t.claims.c.item == item))
