"""How often a wrong password was given, counted under keys that `indexer.attempts` makes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, delete, func, insert, select, update

from indexer.attempts import Count, CountKey
from indexer.records import tables as t
from indexer.records.columns import Moment
from indexer.records.database import Transaction

HASH = String(64)

failed_sign_ins = Table(
    "failed_sign_ins",
    t.metadata,
    Column("key", HASH, primary_key=True),
    Column("name_hash", HASH, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Index(None, "name_hash"),
    Index(None, "since"),
)


def counts(tx: Transaction, keys: Sequence[CountKey]) -> Mapping[CountKey, Count]:
    """Return what is counted under these keys; one without a row is left out."""
    c = failed_sign_ins.c
    found = tx.rows(select(failed_sign_ins).where(c.key.in_(keys)))
    return {CountKey(row[c.key]): Count(failures=row[c.failures], since=row[c.since]) for row in found}


def save(tx: Transaction, key: CountKey, count: Count, *, name_hash: str) -> None:
    """Keep a count in place of the one before. name_hash: whose it is; empty where it is no single name's."""
    values = {"failures": count.failures, "since": count.since, "name_hash": name_hash}
    c = failed_sign_ins.c
    if not tx.change(update(failed_sign_ins).where(c.key == key).values(values)):
        tx.change(insert(failed_sign_ins).values(key=key, **values))


def forget(tx: Transaction, key: CountKey) -> None:
    """Delete one count."""
    tx.change(delete(failed_sign_ins).where(failed_sign_ins.c.key == key))


def forget_name(tx: Transaction, name_hash: str) -> None:
    """Delete all counts of a name."""
    tx.change(delete(failed_sign_ins).where(failed_sign_ins.c.name_hash == name_hash))


def prune(tx: Transaction, *, before: datetime, after: datetime, most: int) -> None:
    """Delete counts that began before or after these times, and the oldest beyond `most`, so that the table is small.

    A count from the future was made while the clock was ahead, and would otherwise stay for as long.
    """
    c = failed_sign_ins.c
    tx.change(delete(failed_sign_ins).where((c.since < before) | (c.since > after)))
    surplus = tx.number(select(func.count()).select_from(failed_sign_ins)) - most
    if surplus > 0:
        oldest = select(c.key).order_by(c.since).limit(surplus)
        tx.change(delete(failed_sign_ins).where(c.key.in_(oldest)))
