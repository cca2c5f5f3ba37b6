"""Who may make which move. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from indexer.accounts import Role, User
from indexer.items import Decision, Item, Move

BY_PERSON = frozenset(Move) - {Move.EDIT}
MOVES: Mapping[Role, frozenset[Move]] = MappingProxyType(
    {
        Role.UNIT: frozenset({Move.WITHDRAW, Move.UNDO}),  # on the unit's own items only
        Role.EDITOR: BY_PERSON,
        Role.ADMIN: BY_PERSON,
    }
)
UNDO_WINDOW = timedelta(minutes=30)


def may_see(user: User, item: Item) -> bool:
    """Tell whether this person's desk shows the item."""
    return user.role is not Role.UNIT or user.unit == item.unit


def may_move(user: User, move: Move, item: Item) -> bool:
    """Tell whether this person may make the move at all; whether the state allows it, `states` says."""
    return move in MOVES[user.role] and may_see(user, item)


def may_undo(user: User, decision: Decision, *, now: datetime) -> bool:
    """Tell whether this person may take the decision back: an admin ever, others their own within UNDO_WINDOW."""
    return user.role is Role.ADMIN or (decision.who == user.name and now - decision.at <= UNDO_WINDOW)
