"""The review queue: what waits, longest waiting first, and who is looking at what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.base.ids import ItemId, UnitId
from indexer.people.accounts import User
from indexer.records import claims, items, people, review_queue
from indexer.records.database import Database
from indexer.records.review_queue import Asked, QueueEntry
from indexer.review.records import WAITING, State


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
    asked = Asked(states=states, unit=unit)
    with database.reading() as tx:
        return QueuePage(
            entries=review_queue.queue_entries(tx, asked, now=now, limit=limit, offset=offset),
            total=review_queue.queue_size(tx, asked),
            counts=items.counts(tx),
        )


def claim(database: Database, *, item: ItemId, user: User, now: datetime) -> User | None:
    """Take an item for a while; where somebody else has it, return them and leave it theirs: a warning, no lock."""
    with database.transaction() as tx:
        if claims.take(tx, item, user.id, now=now):
            return None
        holder = claims.holder(tx, item, now=now)
        return people.user(tx, holder) if holder is not None else None


def release(database: Database, *, item: ItemId, user: User, now: datetime) -> None:
    """Give an item back; nothing happens where somebody else has it."""
    with database.transaction() as tx:
        claims.drop(tx, item, holder=user.id)
