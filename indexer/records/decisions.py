"""The append-only decisions, and with them the one place that moves an item's state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from indexer.items import Decision, ItemId, Move
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A decision with the title of the version it was made on. is_undone: another decision took it back."""

    decision: Decision
    title: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Approved:
    """When somebody approved a piece by itself, and how many characters it has."""

    at: datetime
    characters: int


class StaleDecision(Exception):
    """The item does not stand where this decision starts: it was moved meanwhile, or does not exist."""


def append(tx: Transaction, decision: Decision) -> None:
    """Write a decision and move its item's state and public version. Raises StaleDecision, and nothing is written."""
    c = t.items.c
    stands = [
        c.id == decision.item,
        c.state == decision.before,
        c.public.is_not_distinct_from(decision.public_before),
    ]
    if decision.move is not Move.UNDO:  # which names the version of the decision that it takes back
        stands.append(c.latest == decision.version)
    moved = tx.change(update(t.items).where(*stands).values(state=decision.after, public=decision.public_after))
    if not moved:
        raise StaleDecision(f"item {decision.item} does not stand at {decision.before}")
    tx.change(
        insert(t.decisions).values(
            id=decision.id,
            item=decision.item,
            version=decision.version,
            move=decision.move,
            before=decision.before,
            after=decision.after,
            public_before=decision.public_before,
            public_after=decision.public_after,
            who=decision.who,
            why=decision.why,
            at=decision.at,
            rules=list(decision.rules),
            undoes=decision.undoes,
            batch=decision.batch,
        )
    )


def of_item(tx: Transaction, item: ItemId) -> list[Decision]:
    """Return an item's decisions, oldest first."""
    query = select(t.decisions).where(t.decisions.c.item == item).order_by(t.decisions.c.sequence)
    return [rows.decision_of(row) for row in tx.rows(query)]


def recent(tx: Transaction, *, limit: int, offset: int = 0) -> list[Decision]:
    """Return the latest decisions on any item, newest first."""
    query = select(t.decisions).order_by(t.decisions.c.sequence.desc()).limit(limit).offset(offset)
    return [rows.decision_of(row) for row in tx.rows(query)]


def of_batch(tx: Transaction, batch: str) -> list[Decision]:
    """Return the decisions that were made as one, in their order."""
    query = select(t.decisions).where(t.decisions.c.batch == batch).order_by(t.decisions.c.sequence)
    return [rows.decision_of(row) for row in tx.rows(query)]


def recent_entries(tx: Transaction, *, limit: int, offset: int = 0) -> list[list[Step]]:
    """Return the latest decisions, newest first; those of one batch stand together, at the place of the last of them.

    limit, offset: counted in entries.
    """
    c = t.decisions.c
    entry = func.coalesce(c.batch, c.id)
    last = func.max(c.sequence)
    keys = [
        row["entry"]
        for row in tx.rows(
            select(entry.label("entry")).group_by(entry).order_by(last.desc()).limit(limit).offset(offset)
        )
    ]
    entries: dict[str, list[Step]] = {key: [] for key in keys}
    for step in _steps(tx, keys):
        entries[step.decision.batch or step.decision.id].append(step)
    return list(entries.values())


def approvals(tx: Transaction, who: str, *, since: datetime) -> list[Approved]:
    """Return what somebody approved piece by piece after a moment, oldest first; batches are left out."""
    c, v = t.decisions.c, t.versions.c
    query = (
        select(c.at, func.length(v.text).label("characters"))
        .join(t.versions, (v.item == c.item) & (v.number == c.version))
        .where(c.who == who, c.at > since, c.move == Move.APPROVE, c.batch.is_(None))
    )
    return [Approved(row[c.at], int(row["characters"])) for row in tx.rows(query.order_by(c.sequence))]


def _steps(tx: Transaction, keys: Sequence[str]) -> list[Step]:
    c, v = t.decisions.c, t.versions.c
    undoing = t.decisions.alias()
    query = (
        select(t.decisions, v.title, undoing.c.id.label("undone_by"))
        .join(t.versions, (v.item == c.item) & (v.number == c.version))
        .outerjoin(undoing, undoing.c.undoes == c.id)
        .where((c.id.in_(keys) & c.batch.is_(None)) | c.batch.in_(keys))
    )
    return [
        Step(decision=rows.decision_of(row), title=row[v.title], is_undone=row["undone_by"] is not None)
        for row in tx.rows(query.order_by(c.sequence))
    ]
