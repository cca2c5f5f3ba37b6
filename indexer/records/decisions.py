"""The append-only decisions, and with them the one place that moves an item's state."""

from sqlalchemy import insert, select, update

from indexer.items import Decision, ItemId
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction


class StaleDecision(Exception):
    """The item does not stand where this decision starts: it was moved meanwhile, or does not exist."""


def append(tx: Transaction, decision: Decision) -> None:
    """Write a decision and move its item's state and public version. Raises StaleDecision, and nothing is written."""
    c = t.items.c
    moved = tx.change(
        update(t.items)
        .where(c.id == decision.item, c.state == decision.before, c.public.is_not_distinct_from(decision.public_before))
        .values(state=decision.after, public=decision.public_after)
    )
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
