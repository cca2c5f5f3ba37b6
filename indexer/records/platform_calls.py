"""How many calls of a platform were made today, so that none is made beyond its quota."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Column, Date, Integer, String, Table, case, or_, select

from indexer.records.columns import NAME_CHARS, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert

PLATFORM_CALLS = Table(
    "platform_calls",
    metadata,
    Column("caller", String(NAME_CHARS), primary_key=True),
    Column("call", String(NAME_CHARS), primary_key=True),
    Column("day", Date, nullable=False),
    Column("calls", Integer, nullable=False),
)


def spend(tx: Transaction, *, caller: str, call: str, day: date, most: int) -> None:
    """Count as many calls as made that day as may be, so that none follows: the platform says that none is left."""
    upsert(tx, PLATFORM_CALLS, key={"caller": caller, "call": call}, values={"day": day, "calls": most})


def calls_of(tx: Transaction, callers: Iterable[str], *, day: date) -> Mapping[tuple[str, str], int]:
    """Return how many calls of each name each caller made that day; those of none are left out."""
    c = PLATFORM_CALLS.c
    rows = tx.rows(select(PLATFORM_CALLS).where(c.caller.in_(list(callers)), c.day == day))
    return {(row[c.caller], row[c.call]): int(row[c.calls]) for row in rows}


def count_call(tx: Transaction, *, caller: str, call: str, day: date, most: int) -> bool:
    """Count one call that is about to be made; False, and nothing is counted, where `most` were made that day.

    caller: whose quota it is, `account APPID`, `credential NAME` or `channel ID`.
    One row each, begun anew with each day.
    """
    c = PLATFORM_CALLS.c
    again = {"day": day, "calls": case((c.day == day, c.calls + 1), else_=1)}
    first = {"calls": 1}
    key = {"caller": caller, "call": call}
    return bool(upsert(tx, PLATFORM_CALLS, key=key, values=again, first=first, where=or_(c.day != day, c.calls < most)))
