"""What a refused move says: of which item, in which state, and what was done meanwhile."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.people.accounts import User, UserId
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move, State
from indexer.review.states import MoveProblem, MoveRefused


def test_a_refusal_names_the_item_and_its_state(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item, stranger = make_item(), User(id=UserId("x"), name="某馆", role=Role.UNIT, unit=UnitId("unit-b"))
    made = move_on(item, Move.APPROVE, who=make_user())
    stale = partial(desk.decide, database, item=item.id, version=1, state=State.PENDING, why="", now=now)

    refused = [
        said(lambda: desk.undo(database, item=item.id, decision=made.id, who=stranger, now=now)),
        said(lambda: stale(move=Move.WITHDRAW, who=stranger)),
        said(lambda: stale(move=Move.APPROVE, who=make_user("编辑乙"))),
        said(lambda: desk.undo(database, item=item.id, decision="none", who=make_user("编辑丙"), now=now)),
    ]

    assert [(one.problem, one.item, one.state) for one in refused] == [
        (MoveProblem.NOT_YOURS, item.id, State.APPROVED),
        (MoveProblem.NOT_YOURS, item.id, State.APPROVED),
        (MoveProblem.STALE, item.id, State.APPROVED),
        (MoveProblem.NOTHING_TO_UNDO, item.id, State.APPROVED),
    ]
    assert [[one.move for one in refusal.meanwhile] for refusal in refused] == [[], [], [Move.APPROVE], []]


def said(asked: Callable[[], object]) -> MoveRefused:
    with pytest.raises(MoveRefused) as refused:
        asked()
    return refused.value
