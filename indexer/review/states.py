"""The state machine of an item: which moves are open in which state, and the decision a move makes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from indexer.base.actors import Actor
from indexer.catalogue.items import Item
from indexer.review.reasons import is_reason, words_of
from indexer.review.records import Decision, Move, State

ALLOWED: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.PENDING, Move.APPROVE): State.APPROVED,
        (State.PENDING, Move.HOLD): State.HELD,
        (State.PENDING, Move.REJECT): State.REJECTED,
        (State.HELD, Move.APPROVE): State.APPROVED,
        (State.HELD, Move.REJECT): State.REJECTED,
        (State.HELD, Move.EDIT): State.HELD,
        (State.REJECTED, Move.APPROVE): State.APPROVED,
        (State.REJECTED, Move.EDIT): State.PENDING,
        (State.APPROVED, Move.WITHDRAW): State.WITHDRAWN,
        (State.APPROVED, Move.EDIT): State.CHANGED,  # the approved version stays public, the new one waits
        (State.CHANGED, Move.APPROVE): State.APPROVED,
        (State.CHANGED, Move.REJECT): State.APPROVED,  # the edit is refused, the approved version stays
        (State.CHANGED, Move.WITHDRAW): State.WITHDRAWN,
        (State.CHANGED, Move.EDIT): State.CHANGED,
        (State.WITHDRAWN, Move.APPROVE): State.APPROVED,
        (State.WITHDRAWN, Move.EDIT): State.WITHDRAWN,  # what was taken down comes back by a person only
    }
)

NEEDS_REASON = frozenset({Move.HOLD, Move.REJECT, Move.WITHDRAW})  # the unit reads it beside its item


class MoveProblem(StrEnum):
    """Why a move was refused: the key under which web finds the words in the reader's language."""

    UNKNOWN_ITEM = "unknown_item"
    NOT_OPEN = "not_open"
    STALE = "stale"
    NOT_UNDERSTOOD = "not_understood"
    NOT_READ = "not_read"
    REASON_MISSING = "reason_missing"
    ON_HOLD = "on_hold"
    NOT_YOURS = "not_yours"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDO_TOO_LATE = "undo_too_late"


WORDS: Mapping[MoveProblem, str] = MappingProxyType(
    {
        MoveProblem.UNKNOWN_ITEM: "没有这条内容",
        MoveProblem.NOT_OPEN: "内容在当前状态下不能这样处理，请刷新页面后再看",
        MoveProblem.STALE: "内容在您打开之后已有变化，请刷新页面，看过最新的版本后再处理",
        MoveProblem.NOT_UNDERSTOOD: "自动检查还没有完成，请稍后再通过",
        MoveProblem.NOT_READ: "列表里没有显示全文，请打开读过之后再通过",
        MoveProblem.REASON_MISSING: "请写明理由",
        MoveProblem.ON_HOLD: "自动检查要求暂缓：请打开这条内容，写明理由之后再通过",
        MoveProblem.NOT_YOURS: "您的账号没有这项权限",
        MoveProblem.NOTHING_TO_UNDO: "没有可以撤销的决定；来源更新过的内容请重新审核",
        MoveProblem.UNDO_TOO_LATE: "只有本人在三十分钟之内可以撤销，其他情况请联系管理员",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What was done to an item after somebody looked at it; `edit` was done at the source, by nobody we know."""

    move: Move
    who: str
    why: str
    at: datetime


class MoveRefused(Exception):
    """A move that was not made, and nothing was written.

    open: the moves that the state leaves. meanwhile: what was done since the item was looked at, oldest first.
    """

    def __init__(
        self, problem: MoveProblem, *, item: str, state: State | None = None, meanwhile: Sequence[Happened] = ()
    ) -> None:
        self.problem, self.item, self.state, self.meanwhile = problem, item, state, tuple(meanwhile)
        self.open = open_moves(state) if state else ()
        super().__init__(WORDS[problem])


def open_moves(state: State) -> tuple[Move, ...]:
    """Return what a person can do in this state, in the table's order; `edit` is the collector's."""
    return tuple(move for (at, move) in ALLOWED if at is state and move is not Move.EDIT)


def check_open(item: Item, move: Move) -> State:
    """Return the state that the move leads to. Raises MoveRefused where the item's state does not allow it."""
    after = ALLOWED.get((item.state, move))
    if after is None:
        raise MoveRefused(MoveProblem.NOT_OPEN, item=item.id, state=item.state)
    return after


def decide(
    item: Item,
    move: Move,
    *,
    decision: str,
    who: Actor,
    why: str,
    at: datetime,
    rules: tuple[str, ...] = (),
    is_on_hold: bool = False,
    batch: str | None = None,
) -> Decision:
    """Return the row this move on the newest version would append, under the id `decision`. Nothing is written.

    is_on_hold: a finding of the version has the severity `hold`. Its approval lifts that, for this version, and says
    why; it is made for one piece, not for a batch.
    Raises MoveRefused where the state does not allow the move, or it needs a reason and has none.
    """
    after = check_open(item, move)
    if lifts(move, is_on_hold=is_on_hold) and (batch is not None or not is_reason(why)):
        raise MoveRefused(MoveProblem.ON_HOLD, item=item.id, state=item.state)
    if move in NEEDS_REASON and not is_reason(why):
        raise MoveRefused(MoveProblem.REASON_MISSING, item=item.id, state=item.state)
    return Decision(
        id=decision,
        item=item.id,
        version=item.latest,
        move=move,
        before=item.state,
        after=after,
        public_before=item.public,
        public_after=_public_after(item, move),
        who=who.name,
        actor_kind=who.kind,
        actor_id=who.id,
        why=words_of(why),
        at=at,
        rules=rules,
        batch=batch,
    )


def check_batch(item: Item, move: Move, *, is_on_hold: bool) -> None:
    """Raise MoveRefused where a batch may not make the move: what a check wants held is approved piece by piece."""
    if lifts(move, is_on_hold=is_on_hold):
        raise MoveRefused(MoveProblem.ON_HOLD, item=item.id, state=item.state)


def lifts(move: Move, *, is_on_hold: bool) -> bool:
    """Tell whether this move makes public what a check wants held."""
    return is_on_hold and move is Move.APPROVE


def take_back(
    item: Item, undone: Decision, *, decision: str, who: Actor, at: datetime, batch: str | None = None
) -> Decision:
    """Return the row that restores what stood before `undone`, the item's last decision that still holds."""
    return Decision(
        id=decision,
        item=item.id,
        version=undone.version,
        move=Move.UNDO,
        before=item.state,
        after=undone.before,
        public_before=item.public,
        public_after=undone.public_before,
        who=who.name,
        actor_kind=who.kind,
        actor_id=who.id,
        why="",
        at=at,
        undoes=undone.id,
        batch=batch,
    )


def last_holding(decisions: Sequence[Decision]) -> Decision | None:
    """Return the newest decision that is no undo and was not undone; decisions come oldest first.

    None also where that is an edit at the source: what stood before it was decided about another text.
    """
    undone = {decision.undoes for decision in decisions}
    for decision in reversed(decisions):
        if decision.move is Move.UNDO or decision.id in undone:
            continue
        return None if decision.move is Move.EDIT else decision
    return None


def since_seen(decisions: Sequence[Decision], *, version: int, state: State) -> list[Decision]:
    """Return the decisions made after the item last stood at this version in this state; all come oldest first."""
    for place in range(len(decisions) - 1, -1, -1):
        if (decisions[place].version, decisions[place].after) == (version, state):
            return list(decisions[place + 1 :])
    return list(decisions if state is State.PENDING else decisions[-1:])


def since_made(decisions: Sequence[Decision], made: Decision) -> list[Decision]:
    """Return what was decided after one decision and still counts: pairs of move and undo are left out."""
    later = list(decisions[list(decisions).index(made) + 1 :])
    known = {decision.id for decision in later}
    cancelled = {decision.undoes for decision in later if decision.undoes in known}
    return [one for one in later if one.id not in cancelled and one.undoes not in cancelled]


def reason_that_holds(decisions: Sequence[Decision]) -> str:
    """Return why an item stands where it does: of the newest move that was not undone, edits at the source aside."""
    undone = {decision.undoes for decision in decisions}
    passing = (Move.UNDO, Move.EDIT)
    holding = (one.why for one in reversed(decisions) if one.move not in passing and one.id not in undone)
    return next(holding, "")


def _public_after(item: Item, move: Move) -> int | None:
    if move is Move.APPROVE:
        return item.latest
    return None if move is Move.WITHDRAW else item.public
