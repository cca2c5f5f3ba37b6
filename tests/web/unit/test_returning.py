"""The way back from a platform: for who left from here, in time, in the session, once; nobody is sent elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.connections.desk import SEALED
from indexer.people.accounts import User
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel, Unit
from tests.web.unit.component_page import (
    CODE,
    PAGE,
    Browse,
    account,
    back,
    made_ready,
    newest,
    person,
    settings,
    state_of,
    unit_client,
    way,
)
from web.unit.returning import RETURNS

__all__ = ["account", "person", "settings", "unit_client"]  # fixtures


def test_who_comes_back_has_their_code_filed_sealed_and_waits_on_the_channel_s_page(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)

    answer = unit_client.get(back(state_of(way(unit_client))))

    filed = newest(database, InboxKind.CONNECT)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert filed is not None
    assert (filed.channel, filed.payload["platform"], filed.who) == ("account", "component", "单位甲")
    assert unseal(settings, filed.payload[SEALED]) == CODE
    assert CODE not in str(filed)


def test_a_way_back_counts_once(unit_client: FlaskClient, database: Database, settings: Settings) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    answers = [unit_client.get(back(state, code=code)) for code in (CODE, CODE, "another")]

    assert [answer.status_code for answer in answers] == [303, 403, 403]
    assert "已经用过" in answers[1].text
    with database.reading() as tx:
        assert len(inbox.newest(tx, InboxKind.CONNECT)) == 1


def test_a_way_back_ends_after_a_quarter_of_an_hour(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    with time_machine.travel(times.now() + timedelta(minutes=16), tick=False):
        answer = unit_client.get(back(state))

    assert (answer.status_code, "一刻钟" in answer.text) == (403, True)
    assert newest(database, InboxKind.CONNECT) is None


def test_another_session_of_the_same_person_cannot_use_it(
    unit_client: FlaskClient, browse: Browse, person: User, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    answer = browse(person).get(back(state))

    assert (answer.status_code, newest(database, InboxKind.CONNECT)) == (403, None)
    assert unit_client.get(back(state)).status_code == 303


@pytest.mark.parametrize("state", ["", "x", "W10.x", "../" * 10, "x" * 600])
def test_a_state_that_is_none_connects_nothing(unit_client: FlaskClient, database: Database, state: str) -> None:
    answer = unit_client.get(back(state))

    assert (answer.status_code, newest(database, InboxKind.CONNECT)) == (403, None)
    assert CODE not in answer.text


@pytest.mark.parametrize("code", ["", " ", "两", "x" * 513, "a\tb"])
def test_without_a_code_nothing_is_filed_and_the_way_is_still_good(
    unit_client: FlaskClient, database: Database, settings: Settings, code: str
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    assert unit_client.get(back(state, code=code)).status_code == 403
    assert newest(database, InboxKind.CONNECT) is None
    assert unit_client.get(back(state)).status_code == 303


def test_a_channel_that_is_another_unit_s_by_now_is_not_connected(
    unit_client: FlaskClient,
    database: Database,
    settings: Settings,
    account: Channel,
    make_unit: Callable[..., Unit],
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一示例馆"))
        channels.save_channel(tx, replace(account, unit=UnitId("unit-b")))

    assert unit_client.get(back(state)).status_code == 404
    assert newest(database, InboxKind.CONNECT) is None


@pytest.mark.parametrize("more", ["next", "redirect_uri", "return_to", "url"])
def test_nobody_is_sent_anywhere_else(
    unit_client: FlaskClient, database: Database, settings: Settings, more: str
) -> None:
    made_ready(unit_client, database, settings)

    answer = unit_client.get(back(state_of(way(unit_client)), **{more: "https://evil.example/"}))

    assert answer.headers["Location"] == PAGE


def test_a_stranger_signs_in_first_and_then_the_way_is_foreign(client: FlaskClient) -> None:
    answer = client.get(back("x"))

    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).path == "/sign-in"


def test_every_way_back_names_its_platform_and_its_code() -> None:
    assert {name: (one.platform, one.code) for name, one in RETURNS.items()}["component"] == ("component", "auth_code")
