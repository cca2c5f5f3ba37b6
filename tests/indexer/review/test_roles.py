"""Who may make which move."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from indexer.accounts import Role, User, UserId
from indexer.items import Item, Move, UnitId
from indexer.review import roles

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

    assert {move for move in Move if roles.may_move(user, move, item)} == moves


def test_the_window_of_undo_closes_after_half_an_hour() -> None:
    assert timedelta(minutes=30) == roles.UNDO_WINDOW
