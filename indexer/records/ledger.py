"""The ledger: the one function by which decisions, moves of the whitelist and other changes are appended."""

from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import Column, Index, Integer, String, Table, func, insert, select

from indexer.base.changes import Change, ChangeKind
from indexer.records import channels, decisions
from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, Options, by_actor, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.review.records import Decision
from indexer.whitelist.records import WhitelistChange

LEDGER = Table(
    "ledger",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(ID_CHARS), nullable=False, unique=True),
    Column("kind", word(ChangeKind), nullable=False),
    Column("subject", String(ID_CHARS), nullable=False),
    Column("facts", Options, nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    *by_actor(),
    Column("at", Moment, nullable=False),
    Index(None, "kind", "sequence"),
    Index(None, "subject", "sequence"),
)


def append(tx: Transaction, entry: Decision | WhitelistChange | Change) -> None:
    """Write what was done and by whom, and with it where the item or the channel stands now; nothing of it is altered.

    Raises StaleDecision, StaleStatus, and then nothing is written: item or channel do not stand where it starts.
    """
    match entry:
        case Decision():
            decisions.append(tx, entry)
        case WhitelistChange():
            channels.change_status(tx, entry)
        case Change():
            tx.change(insert(LEDGER).values(values_of(entry, LEDGER)))
        case _:
            assert_never(entry)


def recent(
    tx: Transaction, kinds: Sequence[ChangeKind] = tuple(ChangeKind), *, limit: int, offset: int = 0
) -> list[Change]:
    """Return the latest changes of accounts, rules and settings, newest first."""
    c = LEDGER.c
    query = select(LEDGER).where(c.kind.in_(kinds)).order_by(c.sequence.desc()).limit(limit).offset(offset)
    return [record_of(Change, row, LEDGER) for row in tx.rows(query)]


def of_subject(tx: Transaction, kind: ChangeKind, subject: str, *, limit: int) -> list[Change]:
    """Return the latest changes of a kind to a subject, newest first."""
    c = LEDGER.c
    query = select(LEDGER).where(c.kind == kind, c.subject == subject).order_by(c.sequence.desc()).limit(limit)
    return [record_of(Change, row, LEDGER) for row in tx.rows(query)]


def last_number(tx: Transaction, kind: ChangeKind) -> int:
    """Return the number of the newest change of a kind; 0: there is none."""
    return tx.number(select(func.coalesce(func.max(LEDGER.c.sequence), 0)).where(LEDGER.c.kind == kind))


def count_after(tx: Transaction, kind: ChangeKind, number: int) -> int:
    """Return how many changes of a kind came after that number."""
    return tx.number(select(func.count()).where(LEDGER.c.kind == kind, LEDGER.c.sequence > number))


def newest_of_each(tx: Transaction, kind: ChangeKind) -> dict[str, Change]:
    """Return subject → the newest change of a kind to it."""
    c = LEDGER.c
    newest = select(func.max(c.sequence)).where(c.kind == kind).group_by(c.subject)
    found = tx.rows(select(LEDGER).where(c.sequence.in_(newest)))
    return {row[c.subject]: record_of(Change, row, LEDGER) for row in found}


def last_of(tx: Transaction, kind: ChangeKind, subject: str) -> Change | None:
    """Return the newest change of a kind to a subject."""
    c = LEDGER.c
    query = select(LEDGER).where(c.kind == kind, c.subject == subject).order_by(c.sequence.desc()).limit(1)
    row = tx.first(query)
    return record_of(Change, row, LEDGER) if row else None
