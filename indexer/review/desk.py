"""The use cases of review: decide, undo, batch. Decision and outbox stand in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from indexer.accounts import User
from indexer.ids import new_id
from indexer.items import Decision, Item, ItemId, Move, State
from indexer.records import claims, decisions, items, outbox
from indexer.records.database import Database, Transaction
from indexer.review import roles, states
from indexer.review.states import MoveProblem, MoveRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """An item in a batch, with the version that the editor saw."""

    item: ItemId
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of one item of a batch: a decision, or why there is none."""

    item: ItemId
    decision: Decision | None
    refused: MoveRefused | None


def decide(
    database: Database,
    *,
    item: ItemId,
    version: int,
    move: Move,
    who: User,
    why: str,
    now: datetime,
    state: State | None = None,
) -> Decision:
    """Make a move on the version that the editor saw, and return its row.

    state: what the editor saw it in; None where the caller does not know. Raises MoveRefused: unknown item, not this
    person's to move, moved or edited meanwhile, not open in this state, reason missing, approval before the checks ran.
    """
    with database.transaction() as tx:
        found = _item(tx, item)
        if not roles.may_move(who, move, found):
            raise MoveRefused(MoveProblem.NOT_YOURS, item=item, state=found.state)
        if found.latest != version or state not in (None, found.state):
            raise MoveRefused(MoveProblem.STALE, item=item, state=found.state)
        rules = tuple(f"{one.rule}@{one.rule_version}" for one in items.findings(tx, item, version))
        decision = states.decide(found, move, decision=new_id(), who=who.name, why=why, at=now, rules=rules)
        if move is Move.APPROVE and not items.is_understood(tx, item, version):
            raise MoveRefused(MoveProblem.NOT_UNDERSTOOD, item=item, state=found.state)
        _write(tx, decision)
        return decision


def undo(database: Database, *, item: ItemId, who: User, now: datetime) -> Decision:
    """Take back the item's last decision that still holds, and return the row that does it. Raises MoveRefused."""
    with database.transaction() as tx:
        found = _item(tx, item)
        if not roles.may_move(who, Move.UNDO, found):
            raise MoveRefused(MoveProblem.NOT_YOURS, item=item, state=found.state)
        undone = states.last_holding(decisions.of_item(tx, item))
        if undone is None:
            raise MoveRefused(MoveProblem.NOTHING_TO_UNDO, item=item, state=found.state)
        if not roles.may_undo(who, undone, now=now):
            raise MoveRefused(MoveProblem.UNDO_TOO_LATE, item=item, state=found.state)
        decision = states.take_back(found, undone, decision=new_id(), who=who.name, at=now)
        _write(tx, decision)
        return decision


def batch(
    database: Database, *, picks: Iterable[Pick], move: Move, who: User, why: str, now: datetime
) -> Iterator[Decided]:
    """Make one move on many items, each in a transaction of its own: one that is refused leaves the others done."""
    for pick in picks:
        try:
            decision = decide(database, item=pick.item, version=pick.version, move=move, who=who, why=why, now=now)
        except MoveRefused as refused:
            yield Decided(item=pick.item, decision=None, refused=refused)
        else:
            yield Decided(item=pick.item, decision=decision, refused=None)


def _item(tx: Transaction, item: ItemId) -> Item:
    found = items.item(tx, item)
    if found is None:
        raise MoveRefused(MoveProblem.UNKNOWN_ITEM, item=item)
    return found


def _write(tx: Transaction, decision: Decision) -> None:
    decisions.append(tx, decision)
    claims.drop(tx, decision.item)
    if decision.public_before != decision.public_after:
        outbox.add(tx, [decision.item], at=decision.at)
