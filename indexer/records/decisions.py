"""The append-only decisions, and with them the one place that moves an item's state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint, func, insert, select, update

from indexer.base.ids import ItemId
from indexer.records import pictures
from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, Words, by_actor, link, metadata, of_version, word
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.mapping import record_of, values_of
from indexer.records.originality import originality
from indexer.records.turns import Turn, take_turn
from indexer.review.records import Decision, Move, State

DECISIONS = Table(
    "decisions",
    metadata,
    Column("sequence", Integer, primary_key=True),  # ids of one millisecond do not sort; the order of decisions must
    Column("id", String(ID_CHARS), nullable=False, unique=True),
    link("item", "items.id"),
    Column("version", Integer, nullable=False),
    Column("move", word(Move), nullable=False),
    Column("before", word(State), nullable=False),
    Column("after", word(State), nullable=False),
    Column("public_before", Integer),
    Column("public_after", Integer),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("rules", Words, nullable=False),
    link("undoes", "decisions.id", nullable=True),
    link("batch", nullable=True),
    *by_actor(),
    of_version(),
    UniqueConstraint("undoes"),
    Index(None, "item", "sequence"),
    Index(None, "batch", "sequence"),
    Index(None, "who", "at"),
)


SETTLED = (State.REJECTED, State.WITHDRAWN)
NOT_PUBLIC: dict[str, Any] = {
    "publication": None,
    "public_since": None,
    "version_since": None,
    "came_out": None,
    "reposted": False,
}


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
    """Write a decision and move its item's state, public version and publication.

    Raises StaleDecision, and nothing is written.
    """
    take_turn(tx, Turn.DECISIONS)
    c = ITEMS.c
    stands = [
        c.id == decision.item,
        c.state == decision.before,
        c.public.is_not_distinct_from(decision.public_before),
    ]
    if decision.move is not Move.UNDO:  # which names the version of the decision that it takes back
        stands.append(c.latest == decision.version)
    moved = tx.change(update(ITEMS).where(*stands).values(state=decision.after, public=decision.public_after))
    if not moved:
        raise StaleDecision(f"item {decision.item} does not stand at {decision.before}")
    tx.change(insert(DECISIONS).values(values_of(decision, DECISIONS)))
    if _may_lack_pictures(decision):
        shown = {decision.version, decision.public_after or decision.version}  # the desk shows both
        pictures.want(tx, [(decision.item, version) for version in shown])
    if decision.public_before != decision.public_after:
        tx.change(update(ITEMS).where(c.id == decision.item).values(_publication(tx, decision)))


def _may_lack_pictures(decision: Decision) -> bool:
    """Whether it brings back what was settled or replaced, of which pictures may have been removed meanwhile."""
    is_back = decision.before in SETTLED and decision.after not in SETTLED
    return is_back or decision.move is Move.UNDO


def _publication(tx: Transaction, decision: Decision) -> dict[str, Any]:
    """Return the columns of an item whose public version has just moved; its publication is the decision's number."""
    if decision.public_after is None:
        return NOT_PUBLIC
    moved = {"version_since": decision.at, **originality(tx, decision.item, decision.public_after)}
    if decision.public_before is not None:
        return moved
    number = select(DECISIONS.c.sequence).where(DECISIONS.c.id == decision.id).scalar_subquery()
    return moved | {"publication": number, "public_since": decision.at}


def of_item(tx: Transaction, item: ItemId) -> list[Decision]:
    """Return an item's decisions, oldest first."""
    query = select(DECISIONS).where(DECISIONS.c.item == item).order_by(DECISIONS.c.sequence)
    return [record_of(Decision, row, DECISIONS) for row in tx.rows(query)]


def of_items(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, list[Decision]]:
    """Return the decisions of each of the items, oldest first; none: no key."""
    found: dict[ItemId, list[Decision]] = {}
    query = select(DECISIONS).where(DECISIONS.c.item.in_(list(items))).order_by(DECISIONS.c.sequence)
    for row in tx.rows(query):
        found.setdefault(row[DECISIONS.c.item], []).append(record_of(Decision, row, DECISIONS))
    return found


def recent(tx: Transaction, *, limit: int, offset: int = 0) -> list[Decision]:
    """Return the latest decisions on any item, newest first."""
    query = select(DECISIONS).order_by(DECISIONS.c.sequence.desc()).limit(limit).offset(offset)
    return [record_of(Decision, row, DECISIONS) for row in tx.rows(query)]


def of_batch(tx: Transaction, batch: str) -> list[Decision]:
    """Return the decisions that were made as one, in their order."""
    query = select(DECISIONS).where(DECISIONS.c.batch == batch).order_by(DECISIONS.c.sequence)
    return [record_of(Decision, row, DECISIONS) for row in tx.rows(query)]


def recent_entries(tx: Transaction, *, limit: int, offset: int = 0) -> list[list[Step]]:
    """Return the latest decisions, newest first; those of one batch stand together, at the place of the last of them.

    limit, offset: counted in entries.
    """
    c = DECISIONS.c
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
    c, v = DECISIONS.c, VERSIONS.c
    query = (
        select(c.at, func.length(v.text).label("characters"))
        .join(VERSIONS, (v.item == c.item) & (v.number == c.version))
        .where(c.who == who, c.at > since, c.move == Move.APPROVE, c.batch.is_(None))
    )
    return [Approved(row[c.at], int(row["characters"])) for row in tx.rows(query.order_by(c.sequence))]


def _steps(tx: Transaction, keys: Sequence[str]) -> list[Step]:
    c, v = DECISIONS.c, VERSIONS.c
    undoing = DECISIONS.alias()
    query = (
        select(DECISIONS, v.title, undoing.c.id.label("undone_by"))
        .join(VERSIONS, (v.item == c.item) & (v.number == c.version))
        .outerjoin(undoing, undoing.c.undoes == c.id)
        .where((c.id.in_(keys) & c.batch.is_(None)) | c.batch.in_(keys))
    )
    return [
        Step(decision=record_of(Decision, row, DECISIONS), title=row[v.title], is_undone=row["undone_by"] is not None)
        for row in tx.rows(query.order_by(c.sequence))
    ]
