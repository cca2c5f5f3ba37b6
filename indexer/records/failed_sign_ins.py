"""How often a wrong password was given, counted under keys that `indexer.people.attempts` makes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, delete, func, select

from indexer.people.attempts import Count, CountKey
from indexer.records.columns import Moment, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert

HASH = String(64)

FAILED_SIGN_INS = Table(
    "failed_sign_ins",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("name_hash", HASH, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Index(None, "name_hash"),
    Index(None, "since"),
)


def counts(tx: Transaction, keys: Sequence[CountKey]) -> Mapping[CountKey, Count]:
    """Return what is counted under these keys; one without a row is left out."""
    c = FAILED_SIGN_INS.c
    found = tx.rows(select(FAILED_SIGN_INS).where(c.key.in_(keys)))
    return {CountKey(row[c.key]): Count(failures=row[c.failures], since=row[c.since]) for row in found}


def save(tx: Transaction, key: CountKey, count: Count, *, name_hash: str) -> None:
    """Keep a count in place of the one before. name_hash: whose it is; empty where it is no single name's."""
    values = {"failures": count.failures, "since": count.since, "name_hash": name_hash}
    upsert(tx, FAILED_SIGN_INS, key={"key": key}, values=values)


def forget(tx: Transaction, key: CountKey) -> None:
    """Delete one count."""
    tx.change(delete(FAILED_SIGN_INS).where(FAILED_SIGN_INS.c.key == key))


def forget_name(tx: Transaction, name_hash: str) -> None:
    """Delete all counts of a name."""
    tx.change(delete(FAILED_SIGN_INS).where(FAILED_SIGN_INS.c.name_hash == name_hash))


def prune(tx: Transaction, *, before: datetime, after: datetime, most: int) -> None:
    """Delete counts that began before or after these times, and the oldest beyond `most`, so that the table is small.

    A count from the future was made while the clock was ahead, and would otherwise stay for as long.
    """
    c = FAILED_SIGN_INS.c
    tx.change(delete(FAILED_SIGN_INS).where((c.since < before) | (c.since > after)))
    surplus = tx.number(select(func.count()).select_from(FAILED_SIGN_INS)) - most
    if surplus > 0:
        oldest = select(c.key).order_by(c.since).limit(surplus)
        tx.change(delete(FAILED_SIGN_INS).where(c.key.in_(oldest)))
