"""Who may do what: the table, row by row."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.base.actors import operator
from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.people import rights
from indexer.people.accounts import User, UserId
from indexer.people.rights import GRANTS, Right, Role, may
from indexer.review import states
from indexer.review.records import Move

OWN, OTHER = UnitId("unit-a"), UnitId("unit-b")


def person(role: Role, unit: UnitId | None = None) -> User:
    return User(id=UserId("p"), name="甲", role=role, unit=unit)


@pytest.mark.parametrize(
    ("user", "moves"),
    [
        (person(Role.UNIT, OWN), {Move.WITHDRAW, Move.UNDO}),
        (person(Role.UNIT, OTHER), set()),
        (person(Role.UNIT), set()),
        (person(Role.EDITOR), set(Move) - {Move.EDIT}),
        (person(Role.ADMIN), set(Move) - {Move.EDIT}),
    ],
)
def test_each_role_has_its_moves(make_item: Callable[..., Item], user: User, moves: set[Move]) -> None:
    item = make_item()

    assert {move for move in Move if rights.may_move(user, move, item.unit)} == moves


def test_the_window_of_undo_closes_after_half_an_hour() -> None:
    assert timedelta(minutes=30) == rights.UNDO_WINDOW


@pytest.mark.parametrize(
    ("role", "lacking"),
    [
        (Role.UNIT, set(Right) - {Right.VISIT, Right.OWN_ACCOUNT, Right.UNIT_DESK, Right.CONNECT}),
        (
            Role.EDITOR,
            {
                Right.SIGNED,
                Right.PLATFORM,
                Right.UNIT_DESK,
                Right.UNDO_ANY,
                Right.LEDGER,
                Right.CONNECT,
                Right.RULES,
                Right.TAGGER,
            },
        ),
        (Role.ADMIN, {Right.SIGNED, Right.PLATFORM, Right.UNIT_DESK}),
    ],
)
def test_each_role_has_its_rights(role: Role, lacking: set[Right]) -> None:
    assert {right for right in Right if not may(person(role), right)} == lacking


def test_a_stranger_may_visit_and_nothing_else() -> None:
    assert {right for right in Right if may(None, right)} == {Right.VISIT}


def test_every_role_has_its_row() -> None:
    assert set(GRANTS) == set(Role)


@pytest.mark.parametrize(
    ("role", "who", "minutes", "allowed"),
    [
        (Role.EDITOR, "甲", 30, True),
        (Role.EDITOR, "甲", 31, False),
        (Role.EDITOR, "乙", 0, False),
        (Role.UNIT, "甲", 30, True),
        (Role.UNIT, "甲", 31, False),
        (Role.ADMIN, "乙", 10_000, True),
    ],
)
def test_others_take_back_their_own_for_a_while_and_an_administrator_any_ever(
    make_item: Callable[..., Item], now: datetime, role: Role, who: str, minutes: int, allowed: bool
) -> None:
    made = states.decide(make_item(), Move.HOLD, decision="1", who=operator(who), why="示例", at=now)

    assert rights.may_undo(person(role), made, now=now + timedelta(minutes=minutes)) is allowed
