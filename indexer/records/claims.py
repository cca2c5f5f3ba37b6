"""Who is looking at an item in the review queue: shown to others, holding nobody back."""

from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Table, delete, not_, select

from indexer.base.ids import ItemId
from indexer.people.accounts import UserId
from indexer.records.claiming import claim_keys, is_free
from indexer.records.columns import Moment, key, link, metadata
from indexer.records.database import Transaction

CLAIMS = Table(
    "claims",
    metadata,
    key("item", of="items.id"),
    link("holder", "users.id"),
    Column("until", Moment, nullable=False),
)


CLAIM = timedelta(minutes=10)  # how long a look at an item is shown to others


def is_held(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a claim holds now."""
    return not_(is_free(CLAIMS, now=now, longest=CLAIM))


def holder(tx: Transaction, item: ItemId, *, now: datetime) -> UserId | None:
    """Return who holds an item now."""
    c = CLAIMS.c
    row = tx.first(select(c.holder).where(c.item == item, is_held(now)))
    return UserId(row[c.holder]) if row else None


def take(tx: Transaction, item: ItemId, user: UserId, *, now: datetime) -> bool:
    """Note that a person works on an item from now on; False, and nothing is noted, while another one does."""
    return bool(claim_keys(tx, CLAIMS, keys=[item], holder=user, now=now, lasts=CLAIM))


def drop(tx: Transaction, item: ItemId, *, holder: UserId | None = None) -> None:
    """Forget who works on an item; holder: only where it is this person."""
    mine = () if holder is None else (CLAIMS.c.holder == holder,)
    tx.change(delete(CLAIMS).where(CLAIMS.c.item == item, *mine))
