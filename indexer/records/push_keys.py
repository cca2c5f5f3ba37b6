"""Keys by which a unit's own systems push: whose each is, its secret, sealed, and since when it counts no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, Text, func, insert, select, update

from indexer.base.ids import UnitId
from indexer.records.columns import NAME_CHARS, Moment, key, link, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of

PUSH_KEYS = Table(
    "push_keys",
    metadata,
    key("id"),
    link("unit", "units.id"),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("made_by", String(NAME_CHARS), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index(None, "unit"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushKey:
    """A key as it is kept. id: what a request names. name: what its unit calls it. used_at: last, to some minutes."""

    id: str
    unit: UnitId
    name: str
    sealed: str
    made_by: str
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def add(tx: Transaction, key: PushKey) -> None:
    """Write a new key."""
    tx.change(insert(PUSH_KEYS).values(values_of(key, PUSH_KEYS)))


def push_key(tx: Transaction, id: str) -> PushKey | None:
    """Return a key, revoked or not."""
    row = tx.first(select(PUSH_KEYS).where(PUSH_KEYS.c.id == id))
    return record_of(PushKey, row, PUSH_KEYS) if row else None


def push_keys(tx: Transaction, units: Collection[UnitId] | None = None) -> Sequence[PushKey]:
    """Return the keys of these units, or of all, the newest first."""
    query = select(PUSH_KEYS).order_by(PUSH_KEYS.c.id.desc())
    if units is not None:
        query = query.where(PUSH_KEYS.c.unit.in_(units))
    return [record_of(PushKey, row, PUSH_KEYS) for row in tx.rows(query)]


def count_valid(tx: Transaction, unit: UnitId) -> int:
    """Return how many keys of a unit are not revoked."""
    c = PUSH_KEYS.c
    return tx.number(select(func.count()).select_from(PUSH_KEYS).where(c.unit == unit, c.revoked_at.is_(None)))


def revoke(tx: Transaction, id: str, *, at: datetime) -> bool:
    """Note that a key counts no more; False where it is unknown or was revoked before."""
    c = PUSH_KEYS.c
    return bool(tx.change(update(PUSH_KEYS).where(c.id == id, c.revoked_at.is_(None)).values(revoked_at=at)))


def touch(tx: Transaction, id: str, *, at: datetime) -> None:
    """Note that a key was used."""
    tx.change(update(PUSH_KEYS).where(PUSH_KEYS.c.id == id).values(used_at=at))
