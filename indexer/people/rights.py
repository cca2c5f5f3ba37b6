"""Who may do what: one table for the site's routes, the moves on items and the menus. Pure.

A new role is a member of `Role`, its row in GRANTS, and its word in the catalogue of translations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from indexer.base.ids import UnitId
from indexer.review.records import Decision, Move

UNDO_WINDOW = timedelta(minutes=30)


class Role(StrEnum):
    """What a signed-in person is here; what that lets them do stands in GRANTS."""

    UNIT = "unit"
    EDITOR = "editor"
    ADMIN = "admin"


class Right(StrEnum):
    """What can be allowed beside the moves on items; each route of the site names one."""

    VISIT = "visit"  # what anybody may ask for, signed in or not
    SIGNED = "signed"  # what a program of a unit asks for with the unit's key; no person has it
    PLATFORM = "platform"  # what a platform asks for with its signature; no person has it
    OWN_ACCOUNT = "own_account"
    UNIT_DESK = "unit_desk"
    CONNECT = "connect"  # a channel with its platform: a unit its own, an administrator any
    REVIEW = "review"
    WHITELIST = "whitelist"
    REPORTS = "reports"
    RULES = "rules"  # switching rules on and off
    UNDO_ANY = "undo_any"  # another person's decision, and later than UNDO_WINDOW
    TAGGER = "tagger"  # which version of what was learned from corrections speaks
    LEDGER = "ledger"  # the moves of the whitelist and the changes of accounts, rules and settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role may do. word: its name, in English, as the translations know it.

    of_unit: a person of this role belongs to a unit, and sees and moves the items of that unit alone.
    """

    word: str
    rights: frozenset[Right]
    moves: frozenset[Move]
    of_unit: bool = False


BY_PERSON = frozenset(Move) - {Move.EDIT}
AT_DESK = frozenset({Right.OWN_ACCOUNT, Right.REVIEW, Right.WHITELIST, Right.REPORTS})
GRANTS: Mapping[Role, Grant] = MappingProxyType(
    {
        Role.UNIT: Grant(
            word="person of a unit",
            rights=frozenset({Right.OWN_ACCOUNT, Right.UNIT_DESK, Right.CONNECT}),
            moves=frozenset({Move.WITHDRAW, Move.UNDO}),
            of_unit=True,
        ),
        Role.EDITOR: Grant(word="editor", rights=AT_DESK, moves=BY_PERSON),
        Role.ADMIN: Grant(
            word="administrator",
            rights=AT_DESK | {Right.RULES, Right.UNDO_ANY, Right.LEDGER, Right.CONNECT, Right.TAGGER},
            moves=BY_PERSON,
        ),
    }
)


class Person(Protocol):
    """Whom the table is asked about; unit: whose desk it is, where the role is of a unit."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def unit(self) -> UnitId | None: ...


def may(person: Person | None, right: Right) -> bool:
    """Tell whether a person, or a stranger (None), has a right."""
    return right is Right.VISIT or (person is not None and right in GRANTS[person.role].rights)


def may_see(person: Person, unit: UnitId) -> bool:
    """Tell whether this person's desk shows the items of a unit."""
    return not GRANTS[person.role].of_unit or person.unit == unit


def may_move(person: Person, move: Move, unit: UnitId) -> bool:
    """Tell whether this person may make the move on an item of a unit; whether its state allows it, `states` says."""
    return move in GRANTS[person.role].moves and may_see(person, unit)


def may_undo(person: Person, decision: Decision, *, now: datetime) -> bool:
    """Tell whether this person may take the decision back: their own within UNDO_WINDOW, with UNDO_ANY any, ever."""
    return may(person, Right.UNDO_ANY) or (decision.who == person.name and now - decision.at <= UNDO_WINDOW)
