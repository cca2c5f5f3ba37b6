"""What search still has to be told: written with the decision, taken away only after the index has it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Integer, Table, delete, exists, func, insert, or_, select

from indexer.base.ids import ItemId, UnitId
from indexer.records.claiming import claim_rows
from indexer.records.claiming import give_back as give_rows_back
from indexer.records.columns import Moment, claim, link, metadata
from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import ITEMS, VERSIONS

OUTBOX = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    link("item", "items.id"),
    Column("at", Moment, nullable=False),
    *claim(),
)
CLAIM = timedelta(minutes=2)  # longer than an index may let a writer wait: who lost its rows wrote them in vain
_NEWER_WAS_PUBLIC = exists().where(DECISIONS.c.item == ITEMS.c.id, DECISIONS.c.public_after > ITEMS.c.public)
_TAKEN_BACK = (
    select(OUTBOX.c.item)
    .distinct()
    .join(ITEMS, ITEMS.c.id == OUTBOX.c.item)
    # The newest version public: no newer one was. So of many approvals none is looked up among the decisions.
    .where(or_(ITEMS.c.public.is_(None), (ITEMS.c.public < ITEMS.c.latest) & _NEWER_WAS_PUBLIC))
    .order_by(OUTBOX.c.item)
)


def add(tx: Transaction, items: Iterable[ItemId], *, at: datetime) -> None:
    """Note that search must look at these items again."""
    tx.change(insert(OUTBOX), [{"item": item, "at": at} for item in items])


def add_of_units(tx: Transaction, units: Iterable[UnitId], *, at: datetime) -> None:
    """Note all public items of these units: their name or their system is another."""
    _add_public(tx, ITEMS.c.unit.in_(list(units)), at=at)


def add_published(tx: Transaction, first: datetime, before: datetime, *, at: datetime) -> None:
    """Note all public items that their sources published from a moment on until before another."""
    v = VERSIONS.c
    of_then = exists().where(v.item == ITEMS.c.id, v.number == ITEMS.c.public)
    _add_public(tx, of_then.where(v.published_at >= first, v.published_at < before), at=at)


def _add_public(tx: Transaction, condition: ColumnElement[bool], *, at: datetime) -> None:
    rows = tx.rows(select(ITEMS.c.id).where(ITEMS.c.public.is_not(None), condition).order_by(ITEMS.c.id))
    if rows:
        add(tx, [row[ITEMS.c.id] for row in rows], at=at)


def claim_waiting(tx: Transaction, *, holder: str, now: datetime, limit: int) -> list[tuple[int, ItemId]]:
    """Claim up to `limit` rows that nobody holds; return (row id, item), oldest first; an item may be in several."""
    c = OUTBOX.c
    rows = claim_rows(tx, OUTBOX, order_by=c.id, limit=limit, holder=holder, now=now, lasts=CLAIM)
    return [(row[c.id], row[c.item]) for row in rows]


def give_back(tx: Transaction, *, holder: str) -> int:
    """Free all rows of a holder, for the next one; return how many those were."""
    return give_rows_back(tx, OUTBOX, where=(), holder=holder)


def done(tx: Transaction, row_ids: Iterable[int], *, holder: str) -> int:
    """Take away rows that the index has answered for, those that this holder still has; return how many."""
    c = OUTBOX.c
    return tx.change(delete(OUTBOX).where(c.id.in_(list(row_ids)), c.holder == holder))


def waiting(tx: Transaction, *, limit: int) -> list[tuple[int, ItemId]]:
    """Return (row id, item), oldest first, held or not."""
    c = OUTBOX.c
    return [(row[c.id], row[c.item]) for row in tx.rows(select(OUTBOX).order_by(c.id).limit(limit))]


def taken_back(tx: Transaction) -> tuple[ItemId, ...]:
    """Return the items of which the index may still hold a version that the public sees no longer, sorted."""
    return tuple(row[OUTBOX.c.item] for row in tx.rows(_TAKEN_BACK))


def oldest(tx: Transaction) -> datetime | None:
    """Return since when the first row waits, held or not; None where none does."""
    row = tx.first(select(OUTBOX.c.at).order_by(OUTBOX.c.id).limit(1))
    return row[OUTBOX.c.at] if row else None


def depth(tx: Transaction) -> int:
    """Return how many rows wait, those included that somebody brings to the index now."""
    return tx.number(select(func.count()).select_from(OUTBOX))
