"""A unit takes down its own approved piece, with a reason, and may take that back for a while."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from flask_login import login_user
from werkzeug.exceptions import NotFound

from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import decisions, outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move, State
from indexer.whitelist.records import Channel
from web.app.access import SignedIn
from web.unit.withdraw import undo, withdraw

NAME = "单位甲"
FORM = {"version": "1", "state": "approved", "words": "活动取消了"}


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User], channel: Channel) -> FlaskClient:
    return browse(make_user(NAME, role=Role.UNIT, unit=UnitId("unit-a")))


@pytest.fixture
def approved(make_item: Callable[..., Item], move: Callable[..., Decision]) -> Item:
    item = make_item()
    move(item, Move.APPROVE)
    return item


def test_a_unit_withdraws_its_own_piece_and_the_public_sees_it_no_more(
    unit_client: FlaskClient, client: FlaskClient, stored: Callable[[ItemId], Item], approved: Item
) -> None:
    assert "撤下这篇内容" in unit_client.get("/unit/").text

    answer = unit_client.post(f"/unit/items/{approved.id}/withdraw", data=FORM, follow_redirects=True)

    assert "已经撤下" in answer.text
    assert stored(approved.id).state is State.WITHDRAWN
    assert client.get(f"/items/{approved.id}").status_code == 404


def test_the_editors_log_names_the_person_of_the_unit_and_the_reason(
    unit_client: FlaskClient, desk_client: FlaskClient, database: Database, approved: Item
) -> None:
    unit_client.post(f"/unit/items/{approved.id}/withdraw", data=FORM)

    with database.reading() as tx:
        last = decisions.of_item(tx, approved.id)[-1]
        waits = outbox.depth(tx)
    assert (last.who, last.why, last.move) == (NAME, "活动取消了", Move.WITHDRAW)
    assert waits == 1
    assert NAME in desk_client.get("/review/log").text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (FORM | {"words": ""}, 409),
        (FORM | {"words": "。。"}, 409),
        (FORM | {"version": "2"}, 409),
        (FORM | {"state": "changed"}, 409),
        (FORM | {"state": "gone"}, 400),
        ({"words": "活动取消了"}, 400),
    ],
)
def test_a_form_without_reason_or_of_an_older_page_changes_nothing_and_keeps_its_words(
    unit_client: FlaskClient,
    stored: Callable[[ItemId], Item],
    approved: Item,
    form: dict[str, str],
    status: int,
) -> None:
    answer = unit_client.post(f"/unit/items/{approved.id}/withdraw", data=form)

    assert answer.status_code == status
    assert stored(approved.id).state is State.APPROVED
    assert f'name="words" value="{form["words"]}"' in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("form", ["withdraw", "undo"])
def test_a_piece_of_another_unit_is_not_there(
    browse: Callable[[User], FlaskClient], make_user: Callable[..., User], approved: Item, form: str
) -> None:
    other = browse(make_user("单位乙", role=Role.UNIT, unit=None))

    assert other.post(f"/unit/items/{approved.id}/{form}", data=FORM).status_code == 404


def test_a_withdrawal_is_taken_back_by_who_made_it(
    unit_client: FlaskClient, database: Database, stored: Callable[[ItemId], Item], approved: Item
) -> None:
    unit_client.post(f"/unit/items/{approved.id}/withdraw", data=FORM)
    with database.reading() as tx:
        last = decisions.of_item(tx, approved.id)[-1]
    assert last.id in unit_client.get("/unit/").text

    unit_client.post(f"/unit/items/{approved.id}/undo", data={"decision": last.id})

    assert stored(approved.id).state is State.APPROVED


def test_what_an_editor_decided_is_not_taken_back_by_a_unit(
    unit_client: FlaskClient,
    database: Database,
    stored: Callable[[ItemId], Item],
    approved: Item,
    move: Callable[..., Decision],
    now: datetime,
) -> None:
    taken_down = move(approved, Move.WITHDRAW)

    page = unit_client.get("/unit/").text
    answer = unit_client.post(f"/unit/items/{approved.id}/undo", data={"decision": taken_down.id})

    assert taken_down.id not in page
    assert answer.status_code == 409
    assert stored(approved.id).state is State.WITHDRAWN


@pytest.mark.parametrize("view", [withdraw, undo])
def test_a_piece_that_is_not_one_s_own_is_as_unknown_as_one_that_never_was(
    app: Flask, make_user: Callable[..., User], approved: Item, view: Callable[[str], ResponseReturnValue]
) -> None:
    with app.test_request_context(method="POST", data=FORM):
        login_user(SignedIn(make_user(NAME, role=Role.UNIT), "token"))
        for item in (approved.id, "never"):
            with pytest.raises(NotFound):
                view(item)
