"""When a long-running part of the deployment was seen at work last."""

from datetime import datetime

from sqlalchemy import Column, String, Table, insert, select, update

from indexer.records.columns import NAME_CHARS, Moment
from indexer.records.database import Transaction
from indexer.records.tables import metadata

COLLECTOR = "collector"

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("part", String(NAME_CHARS), primary_key=True),
    Column("at", Moment, nullable=False),
)


def beat(tx: Transaction, part: str, *, at: datetime) -> None:
    """Note that a part is at work."""
    c = heartbeats.c
    if not tx.change(update(heartbeats).where(c.part == part).values(at=at)):
        tx.change(insert(heartbeats).values(part=part, at=at))


def last_beat(tx: Transaction, part: str) -> datetime | None:
    """Return when a part was at work last, None where it never was."""
    row = tx.first(select(heartbeats.c.at).where(heartbeats.c.part == part))
    return row[heartbeats.c.at] if row else None
