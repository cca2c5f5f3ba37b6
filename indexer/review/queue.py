"""The review queue: what waits, longest waiting first, and who is looking at what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.accounts import User
from indexer.items import ItemId, State, UnitId
from indexer.records import claims, items, listings, people
from indexer.records.database import Database
from indexer.records.listings import QueueEntry

WAITING = (State.PENDING, State.CHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """entries: one page. total: all that the filters leave. counts: items per state, whatever the filters."""

    entries: Sequence[QueueEntry]
    total: int
    counts: Mapping[State, int]


def page(
    database: Database,
    *,
    now: datetime,
    states: Sequence[State] = WAITING,
    unit: UnitId | None = None,
    limit: int = 50,
    offset: int = 0,
) -> QueuePage:
    """Return one page of the queue, from one picture of the records."""
    with database.reading() as tx:
        return QueuePage(
            entries=listings.queue_entries(tx, states=states, unit=unit, now=now, limit=limit, offset=offset),
            total=listings.queue_size(tx, states=states, unit=unit),
            counts=items.counts(tx),
        )


def claim(database: Database, *, item: ItemId, user: User, now: datetime) -> User | None:
    """Take an item for a while; where somebody else has it, return them and leave it theirs: a warning, no lock."""
    with database.transaction() as tx:
        holder = claims.holder(tx, item, now=now)
        if holder is not None and holder != user.id:
            return people.user(tx, holder)
        claims.put(tx, item, user.id, until=now + claims.CLAIM)
    return None


def release(database: Database, *, item: ItemId, user: User, now: datetime) -> None:
    """Give an item back; nothing happens where somebody else has it."""
    with database.transaction() as tx:
        if claims.holder(tx, item, now=now) == user.id:
            claims.drop(tx, item)
