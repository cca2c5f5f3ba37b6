"""The use cases of review: decide, undo, one by one or as a batch. Decision and outbox stand in one transaction.

Every move names what was seen: version and state, or the decision that it takes back. Who decides on what moved since
is refused, and told who did what meanwhile.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from indexer.base.actors import COLLECTOR
from indexer.base.ids import ItemId, new_id
from indexer.catalogue.items import Item
from indexer.people import rights
from indexer.people.accounts import User
from indexer.records import claims, decisions, items, ledger, outbox, understood
from indexer.records.database import Database, Transaction
from indexer.records.decisions import StaleDecision
from indexer.records.findings import on_hold_of, rules_found
from indexer.records.retries import again_if_contended
from indexer.review import states
from indexer.review.records import Decision, Move, State
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


@again_if_contended
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
    edited meanwhile, not open in this state, reason missing, approval before the checks ran, or without a reason of
    what a check wants held.
    """
    pick = Pick(item=item, version=version, state=state)
    with database.transaction() as tx:
        found = items.locked(tx, item)
        rules = rules_found(tx, item, version)
        standing = _movable(tx, found, pick, move=move, who=who, is_understood=rules is not None)
        decision = states.decide(
            standing,
            move,
            decision=new_id(),
            who=who.actor,
            why=why,
            at=now,
            rules=rules.names if rules else (),
            is_on_hold=bool(rules and rules.holding),
            batch=batch,
        )
        _write(tx, decision)
        return decision


def take_down(tx: Transaction, item: Item, *, why: str, now: datetime) -> bool:
    """Withdraw a piece whose source is gone, as the collector, in the transaction of whoever saw it.

    item: as `items.locked` gave it. False, and nothing is written, where the public sees nothing of it.
    """
    if item.public is None:
        return False
    found = rules_found(tx, item.id, item.latest)
    rules = found.names if found else ()
    _write(tx, states.decide(item, Move.WITHDRAW, decision=new_id(), who=COLLECTOR, why=why, at=now, rules=rules))
    return True


@again_if_contended
def undo(
    database: Database, *, item: ItemId, decision: str, who: User, now: datetime, batch: str | None = None
) -> Decision:
    """Take back the decision named, the item's last one that still holds, and return the row that does it.

    Raises MoveRefused, also where something else was decided on the item meanwhile.
    """
    with database.transaction() as tx:
        found = _known(items.locked(tx, item), item)
        if not rights.may_move(who, Move.UNDO, found.unit):
            raise MoveRefused(MoveProblem.NOT_YOURS, item=item, state=found.state)
        made = decisions.of_item(tx, item)
        undone = _last_holding(found, made, decision)
        if not rights.may_undo(who, undone, now=now):
            raise MoveRefused(MoveProblem.UNDO_TOO_LATE, item=item, state=found.state)
        row = states.take_back(found, undone, decision=new_id(), who=who.actor, at=now, batch=batch)
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
    refused, wanted = dict[ItemId, MoveRefused](), list(picks)
    with database.reading() as tx:
        found = items.some_items(tx, [pick.item for pick in wanted])
        understood_ones, held = understood.understood_of(tx, found), on_hold_of(tx, found)
        for pick in wanted:
            is_understood = (pick.item, pick.version) in understood_ones
            try:
                item = _movable(tx, found.get(pick.item), pick, move=move, who=who, is_understood=is_understood)
                states.check_batch(item, move, is_on_hold=(pick.item, pick.version) in held)
            except MoveRefused as problem:
                refused[pick.item] = problem
    return refused


def _tried(item: ItemId, move: Callable[[], Decision]) -> Decided:
    try:
        return Decided(item=item, decision=move(), refused=None)
    except MoveRefused as refused:
        return Decided(item=item, decision=None, refused=refused)


def _movable(tx: Transaction, item: Item | None, pick: Pick, *, move: Move, who: User, is_understood: bool) -> Item:
    """Return the item, which stands as it was seen and may make the move. Raises MoveRefused.

    is_understood: whether tags and findings of the version that was seen stand.
    """
    found = _known(item, pick.item)
    if not rights.may_move(who, move, found.unit):
        raise MoveRefused(MoveProblem.NOT_YOURS, item=found.id, state=found.state)
    if (found.latest, found.state) != (pick.version, pick.state):
        meanwhile = _meanwhile(tx, found, pick)
        raise MoveRefused(MoveProblem.STALE, item=found.id, state=found.state, meanwhile=meanwhile)
    states.check_open(found, move)
    if move is Move.APPROVE and not is_understood:
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


def _known(found: Item | None, item: ItemId) -> Item:
    if found is None:
        raise MoveRefused(MoveProblem.UNKNOWN_ITEM, item=item)
    return found


def _write(tx: Transaction, decision: Decision) -> None:
    """Raises MoveRefused where the item moved between the look and this row, as a second writer can on PostgreSQL."""
    try:
        ledger.append(tx, decision)
    except StaleDecision as stale:
        seen = Pick(item=decision.item, version=decision.version, state=decision.before)
        found = _known(items.item(tx, decision.item), decision.item)
        meanwhile = _meanwhile(tx, found, seen)
        raise MoveRefused(MoveProblem.STALE, item=found.id, state=found.state, meanwhile=meanwhile) from stale
    claims.drop(tx, decision.item)
    if decision.public_before != decision.public_after:
        outbox.add(tx, [decision.item], at=decision.at)
