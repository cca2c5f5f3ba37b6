"""Hosts that asked not to be asked for a while (`Retry-After`): nobody asks them before that, for whatever channel."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, String, Table, select

from indexer.base.times import CLOCK_SLACK
from indexer.records.columns import NAME_CHARS, Moment, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert

HOST_RESTS = Table(
    "host_rests",
    metadata,
    Column("host", String(NAME_CHARS), primary_key=True),
    Column("until", Moment, nullable=False),
)
LONGEST_REST = timedelta(hours=24)  # what a host asks for beyond it is not believed


def rest(tx: Transaction, host: str, *, until: datetime) -> None:
    """Note that a host (`host` or `host:port`) wants to be left alone until then; what it said last counts."""
    upsert(tx, HOST_RESTS, key={"host": host}, values={"until": until})


def resting(tx: Transaction, *, now: datetime) -> Mapping[str, datetime]:
    """Return the hosts that are to be left alone now, each with the end of it."""
    c = HOST_RESTS.c
    return {row[c.host]: row[c.until] for row in tx.rows(select(HOST_RESTS).where(is_resting(now)))}


def is_resting(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a host rests now; an end beyond any that is believed was noted by a wrong clock."""
    return HOST_RESTS.c.until.between(now, now + LONGEST_REST + CLOCK_SLACK)
