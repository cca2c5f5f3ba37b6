"""What platforms call back with, each once: kept by the page that received it, done by a step of the collector."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, Integer, String, Table, Text, select, update

from indexer.base.ids import new_id
from indexer.records.claiming import claim_rows
from indexer.records.columns import NAME_CHARS, Moment, claim, key, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of
from indexer.records.upserts import insert_those_not_there

CLAIM = timedelta(minutes=5)

PLATFORM_EVENTS = Table(
    "platform_events",
    metadata,
    key("id"),
    Column("account", String(NAME_CHARS), nullable=False),
    Column("event_key", String(NAME_CHARS), nullable=False),
    Column("kind", String(NAME_CHARS), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
    *claim(),
    Column("tries", Integer, nullable=False),
    Column("done_at", Moment),
    Column("outcome", Text),
    Index(None, "account", "event_key", unique=True),
    Index(None, "done_at", "id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformEvent:
    """One event. account: app id it is about. event_key: what makes it the same one when it comes again.

    kind: its Event or InfoType. body: the XML as decrypted, sealed where it holds a secret (a ticket, a code).
    outcome: words of what came of it.
    """

    id: str
    account: str
    event_key: str
    kind: str
    body: str = field(repr=False)
    at: datetime
    tries: int = 0
    done_at: datetime | None = None
    outcome: str | None = None


def receive(tx: Transaction, *, account: str, event_key: str, kind: str, body: str, at: datetime) -> bool:
    """Keep an event; False where it is here already."""
    row = {"id": new_id(), "account": account, "event_key": event_key, "kind": kind, "body": body, "at": at, "tries": 0}
    return bool(insert_those_not_there(tx, PLATFORM_EVENTS, [row]))


def claim_waiting(tx: Transaction, *, holder: str, now: datetime, limit: int) -> Sequence[PlatformEvent]:
    """Claim up to `limit` events that nobody holds, oldest first; a try is counted for each."""
    c = PLATFORM_EVENTS.c
    rows = claim_rows(
        tx,
        PLATFORM_EVENTS,
        where=[c.done_at.is_(None)],
        order_by=c.id,
        limit=limit,
        holder=holder,
        now=now,
        lasts=CLAIM,
    )
    ids = [row[c.id] for row in rows]
    if ids:
        tx.change(update(PLATFORM_EVENTS).where(c.id.in_(ids)).values(tries=c.tries + 1))
    return [record_of(PlatformEvent, row, PLATFORM_EVENTS) for row in rows]


def done(tx: Transaction, id: str, *, holder: str, outcome: str, at: datetime) -> bool:
    """Say what came of it; False where another one holds it by now."""
    c = PLATFORM_EVENTS.c
    values = {"outcome": outcome, "done_at": at, "holder": None, "until": None}
    return bool(tx.change(update(PLATFORM_EVENTS).where(c.id == id, c.holder == holder).values(values)))


def put_off(tx: Transaction, id: str, *, holder: str, outcome: str, until: datetime) -> bool:
    """Give it back, to be tried again from `until` on; False where another one holds it by now."""
    c = PLATFORM_EVENTS.c
    values = {"outcome": outcome, "holder": None, "until": until}
    return bool(tx.change(update(PLATFORM_EVENTS).where(c.id == id, c.holder == holder).values(values)))


def give_back(tx: Transaction, id: str, *, holder: str, until: datetime) -> bool:
    """Give back what could not even be tried, from `until` on: this try is not counted. False as `put_off`."""
    c = PLATFORM_EVENTS.c
    values = {"tries": c.tries - 1, "holder": None, "until": until}
    return bool(tx.change(update(PLATFORM_EVENTS).where(c.id == id, c.holder == holder).values(values)))


def is_waiting(tx: Transaction) -> bool:
    """Tell whether an event is not done, held or not."""
    c = PLATFORM_EVENTS.c
    return tx.first(select(c.id).where(c.done_at.is_(None)).limit(1)) is not None


def newest(tx: Transaction, *, limit: int) -> Sequence[PlatformEvent]:
    """Return the events that came last, the newest first, done or not."""
    query = select(PLATFORM_EVENTS).order_by(PLATFORM_EVENTS.c.id.desc()).limit(limit)
    return [record_of(PlatformEvent, row, PLATFORM_EVENTS) for row in tx.rows(query)]
