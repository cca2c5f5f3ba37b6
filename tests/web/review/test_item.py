"""web.review.item: one item beside its checks, as it stands now."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import decisions
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from web.review.item import EDITORS, undo_of


def page(client: FlaskClient, item: Item) -> str:
    return client.get(f"/review/items/{item.id}").text


def test_only_the_moves_of_its_state_are_offered(
    desk_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., Decision]
) -> None:
    item = make_item()
    waiting = page(desk_client, item)
    move(item, Move.APPROVE)
    public = page(desk_client, item)

    offered = [[each for each in EDITORS if f'value="{each}"' in text] for text in (waiting, public)]

    assert offered == [[Move.APPROVE, Move.HOLD, Move.REJECT], [Move.WITHDRAW]]


def test_an_item_that_is_not_there_is_not_found(desk_client: FlaskClient) -> None:
    assert desk_client.get("/review/items/nothing").status_code == 404


def test_a_stranger_sees_nothing_of_it(client: FlaskClient, make_item: Callable[..., Item]) -> None:
    assert "月球车" not in page(client, make_item())


@pytest.mark.parametrize(("minutes", "may"), [(29, True), (31, False)])
def test_the_last_decision_can_be_taken_back_by_who_made_it_for_a_while(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    make_user: Callable[..., User],
    now: datetime,
    minutes: int,
    *,
    may: bool,
) -> None:
    item, editor, admin = make_item(), make_user("甲"), make_user("乙", role=Role.ADMIN)
    made = move_on(item, Move.HOLD, who=editor)
    with database.reading() as tx:
        history = decisions.of_item(tx, item.id)
    later = now + timedelta(minutes=minutes)

    assert undo_of(history, editor, now=later) == (made.id if may else None)
    assert undo_of(history, admin, now=later) == made.id
    assert undo_of([], admin, now=later) is None
