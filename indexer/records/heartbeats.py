"""When a long-running part of the deployment was seen at work last."""

from datetime import datetime

from sqlalchemy import Column, String, Table, select

from indexer.records.columns import NAME_CHARS, Moment, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert

COLLECTOR, WORKER = "collector", "worker"

HEARTBEATS = Table(
    "heartbeats",
    metadata,
    Column("part", String(NAME_CHARS), primary_key=True),
    Column("at", Moment, nullable=False),
)


def beat(tx: Transaction, part: str, *, at: datetime) -> None:
    """Note that a part is at work."""
    upsert(tx, HEARTBEATS, key={"part": part}, values={"at": at})


def claim(tx: Transaction, part: str, *, at: datetime, before: datetime) -> bool:
    """Note that a part is at work, where it was not since `before`; False, and nothing is noted, where it was."""
    return bool(upsert(tx, HEARTBEATS, key={"part": part}, values={"at": at}, where=HEARTBEATS.c.at < before))


def last_beat(tx: Transaction, part: str) -> datetime | None:
    """Return when a part was at work last, None where it never was."""
    row = tx.first(select(HEARTBEATS.c.at).where(HEARTBEATS.c.part == part))
    return row[HEARTBEATS.c.at] if row else None
