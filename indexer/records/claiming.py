"""Claim rows of work: by one conditional statement, with a holder and an expiry, on both databases.

Whoever claims has the rows until the end named, or until it gives them back. Rows whose claim has ended are claimed by
the next one: whoever did not finish in time has lost them, and learns it when `give_back` finds nothing to give back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, FromClause, RowMapping, Table, and_, or_, select, tuple_, update

from indexer.base.times import CLOCK_SLACK
from indexer.records.database import Transaction
from indexer.records.upserts import upsert_all


def is_free(table: FromClause, *, now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Return the condition that nobody holds a row now.

    longest: how long a claim lasts; one that ends later than any made now could was made by a clock that was ahead.
    """
    until = table.c.until
    return or_(until.is_(None), until <= now, until > now + longest + CLOCK_SLACK)


def claim_rows(
    tx: Transaction,
    table: Table,
    *,
    where: Sequence[ColumnElement[bool]] = (),
    order_by: Column[object],
    limit: int,
    holder: str,
    now: datetime,
    lasts: timedelta,
) -> list[RowMapping]:
    """Claim up to `limit` rows that satisfy `where` and that nobody holds; return them whole, in order.

    table: has the columns `holder` (text) and `until` (a Moment), both empty while nobody holds the row. Two who claim
    at once get different rows, and neither waits for the other.
    """
    key = list(table.primary_key)
    picked = (
        select(*key)
        .where(*where, is_free(table, now=now, longest=lasts))
        .order_by(order_by)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite, where one writes at a time, leaves it out
        .cte("picked")  # PostgreSQL evaluates it once; a plain subquery it may run again, and claim beyond the limit
    )
    mine = tuple_(*key).in_(select(*picked.c)) if len(key) > 1 else key[0].in_(select(*picked.c))
    claimed = update(table).where(mine).values(holder=holder, until=now + lasts).returning(table)
    return sorted(tx.changed_rows(claimed), key=lambda row: row[order_by])


def claim_keys(
    tx: Transaction, table: Table, *, keys: Sequence[str], holder: str, now: datetime, lasts: timedelta
) -> set[str]:
    """Claim things by their keys; return the keys that are this holder's now. The same holder renews.

    table: of claims alone, a row for each thing held: a key of one column, `holder`, `until`.
    """
    (column,) = table.primary_key
    mine = or_(table.c.holder == holder, is_free(table, now=now, longest=lasts))
    rows = [{column.name: key, "holder": holder, "until": now + lasts} for key in dict.fromkeys(keys)]
    return {row[column] for row in upsert_all(tx, table, key=[column.name], rows=rows, where=mine)}


def give_back(tx: Transaction, table: Table, *, where: Sequence[ColumnElement[bool]], holder: str) -> int:
    """Free the rows that this holder still has, for the next one; return how many those are."""
    mine = and_(table.c.holder == holder, *where)
    return tx.change(update(table).where(mine).values(holder=None, until=None))
