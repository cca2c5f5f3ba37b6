"""The use cases of review: decide, undo, one by one or as a batch. Decision and outbox stand in one transaction.

Every move names what was seen: version and state, or the decision that it takes back. Who decides on what moved since
is refused, and told who did what meanwhile.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from indexer.accounts import User
from indexer.ids import new_id
from indexer.items import Decision, Item, ItemId, Move, State
from indexer.records import claims, decisions, items, outbox
from indexer.records.database import Database, Transaction
from indexer.records.decisions import StaleDecision
from indexer.review import roles, states
from indexer.review.states import Happened, MoveProblem, MoveRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """An item with the version and the state that somebody saw it in."""

    item: ItemId
    version: int
    state: State


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
    state: State,
    move: Move,
    who: User,
    why: str,
    now: datetime,
    batch: str | None = None,
) -> Decision:
    """Make a move on the version that the editor saw, in the state it had then, and return its row.

    batch: shared by the decisions made as one. Raises MoveRefused: unknown item, not this person's to move, moved or
    edited meanwhile, not open in this state, reason missing, approval before the checks ran.
    """
    pick = Pick(item=item, version=version, state=state)
    with database.transaction() as tx:
        found = _movable(tx, pick, move=move, who=who)
        rules = tuple(f"{one.rule}@{one.rule_version}" for one in items.findings(tx, item, version))
        decision = states.decide(
            found, move, decision=new_id(), who=who.name, why=why, at=now, rules=rules, batch=batch
        )
        _write(tx, decision)
        return decision


def undo(
    database: Database, *, item: ItemId, decision: str, who: User, now: datetime, batch: str | None = None
) -> Decision:
    """Take back the decision named, the item's last one that still holds, and return the row that does it.

    Raises MoveRefused, also where something else was decided on the item meanwhile.
    """
    with database.transaction() as tx:
        found = _item(tx, item)
        if not roles.may_move(who, Move.UNDO, found):
            raise MoveRefused(MoveProblem.NOT_YOURS, item=item, state=found.state)
        made = decisions.of_item(tx, item)
        undone = _last_holding(found, made, decision)
        if not roles.may_undo(who, undone, now=now):
            raise MoveRefused(MoveProblem.UNDO_TOO_LATE, item=item, state=found.state)
        row = states.take_back(found, undone, decision=new_id(), who=who.name, at=now, batch=batch)
        _write(tx, row)
        return row


def batch(
    database: Database, *, picks: Iterable[Pick], move: Move, who: User, why: str, now: datetime
) -> list[Decided]:
    """Make one move on many items, each in a transaction of its own: one that is refused leaves the others done."""
    shared = new_id()
    moved = partial(decide, database, move=move, who=who, why=why, now=now, batch=shared)
    return [_tried(one.item, partial(moved, item=one.item, version=one.version, state=one.state)) for one in picks]


def undo_batch(database: Database, *, batch: str, who: User, now: datetime) -> list[Decided]:
    """Take back what was decided as one, as one: what was moved meanwhile is refused, the rest is done."""
    shared = new_id()
    with database.reading() as tx:
        made = decisions.of_batch(tx, batch)

    taken = partial(undo, database, who=who, now=now, batch=shared)
    return [_tried(one.item, partial(taken, item=one.item, decision=one.id)) for one in made]


def refusals(database: Database, *, picks: Iterable[Pick], move: Move, who: User) -> dict[ItemId, MoveRefused]:
    """Return those of the items that `batch` would refuse by now, whatever the reason given; nothing is written."""
    refused: dict[ItemId, MoveRefused] = {}
    with database.reading() as tx:
        for pick in picks:
            try:
                _movable(tx, pick, move=move, who=who)
            except MoveRefused as problem:
                refused[pick.item] = problem
    return refused


def _tried(item: ItemId, move: Callable[[], Decision]) -> Decided:
    try:
        return Decided(item=item, decision=move(), refused=None)
    except MoveRefused as refused:
        return Decided(item=item, decision=None, refused=refused)


def _movable(tx: Transaction, pick: Pick, *, move: Move, who: User) -> Item:
    """Return the item, which stands as it was seen and may make the move. Raises MoveRefused."""
    found = _item(tx, pick.item)
    if not roles.may_move(who, move, found):
        raise MoveRefused(MoveProblem.NOT_YOURS, item=found.id, state=found.state)
    if (found.latest, found.state) != (pick.version, pick.state):
        meanwhile = _meanwhile(tx, found, pick)
        raise MoveRefused(MoveProblem.STALE, item=found.id, state=found.state, meanwhile=meanwhile)
    states.check_open(found, move)
    if move is Move.APPROVE and not items.is_understood(tx, found.id, found.latest):
        raise MoveRefused(MoveProblem.NOT_UNDERSTOOD, item=found.id, state=found.state)
    return found


def _last_holding(item: Item, made: Sequence[Decision], decision: str) -> Decision:
    """Return the decision of that id, which is the last that holds. Raises MoveRefused."""
    last = states.last_holding(made)
    if last is not None and last.id == decision:
        return last
    named = next((one for one in made if one.id == decision), None)
    meanwhile = [_happened(one) for one in states.since_made(made, named)] if named else []
    problem = MoveProblem.STALE if last and named else MoveProblem.NOTHING_TO_UNDO
    raise MoveRefused(problem, item=item.id, state=item.state, meanwhile=meanwhile)


def _meanwhile(tx: Transaction, item: Item, pick: Pick) -> list[Happened]:
    """An edit of a pending item leaves no decision: nobody had decided yet. The newer version tells of it."""
    made = states.since_seen(decisions.of_item(tx, item.id), version=pick.version, state=pick.state)
    happened = [_happened(one) for one in made]
    newest = items.version(tx, item.id, item.latest)
    if newest and item.latest > pick.version and not any(one.move is Move.EDIT for one in happened):
        happened.append(Happened(move=Move.EDIT, who="", why="", at=newest.collected_at))
    return sorted(happened, key=lambda one: one.at)


def _happened(decision: Decision) -> Happened:
    return Happened(move=decision.move, who=decision.who, why=decision.why, at=decision.at)


def _item(tx: Transaction, item: ItemId) -> Item:
    found = items.item(tx, item)
    if found is None:
        raise MoveRefused(MoveProblem.UNKNOWN_ITEM, item=item)
    return found


def _write(tx: Transaction, decision: Decision) -> None:
    """Raises MoveRefused where the item moved between the look and this row, as a second writer can on PostgreSQL."""
    try:
        decisions.append(tx, decision)
    except StaleDecision as stale:
        seen = Pick(item=decision.item, version=decision.version, state=decision.before)
        found = _item(tx, decision.item)
        meanwhile = _meanwhile(tx, found, seen)
        raise MoveRefused(MoveProblem.STALE, item=found.id, state=found.state, meanwhile=meanwhile) from stale
    claims.drop(tx, decision.item)
    if decision.public_before != decision.public_after:
        outbox.add(tx, [decision.item], at=decision.at)
