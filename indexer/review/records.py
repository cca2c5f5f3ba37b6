"""States of an item, the moves between them, and the decision that each move leaves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indexer.base.actors import Actor, ActorKind, recorded
from indexer.base.ids import ItemId


class State(StrEnum):
    """Where an item stands; only its public version is ever shown."""

    PENDING = "pending"
    APPROVED = "approved"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


WAITING = (State.PENDING, State.CHANGED)  # for a decision


class Move(StrEnum):
    """What can be done to an item; `edit` is the collector's: the source changed."""

    APPROVE = "approve"
    HOLD = "hold"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EDIT = "edit"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor, the collector or a named policy did to one version; append-only.

    public_before, public_after: number of the public version around the move. rules: `id@version` of the findings the
    decider saw. undoes: the decision that this one takes back. batch: shared by the decisions that were made, or taken
    back, as one. actor_kind, actor_id: unknown of rows from before they were kept.
    """

    id: str
    item: ItemId
    version: int
    move: Move
    before: State
    after: State
    public_before: int | None
    public_after: int | None
    who: str
    why: str
    at: datetime
    rules: tuple[str, ...] = ()
    undoes: str | None = None
    batch: str | None = None
    actor_kind: ActorKind | None = None
    actor_id: str | None = None

    @property
    def actor(self) -> Actor:
        """Who decided."""
        return recorded(kind=self.actor_kind, id=self.actor_id, who=self.who)
