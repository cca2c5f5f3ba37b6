"""To WeChat and back: a button, a page that waits, a link with a code; and the way back, once, for who left here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.connections.desk import SEALED
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel, Unit
from tests.callbacks import COMPONENT
from tests.web.unit.component_page import (
    CODE,
    DESK,
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
from web.unit.component import COMPONENT as WAY

__all__ = ["account", "person", "settings", "unit_client"]  # fixtures


def test_the_button_has_the_collector_get_a_code_and_the_page_waits(
    unit_client: FlaskClient, database: Database
) -> None:
    before = unit_client.get(PAGE).text
    sent = unit_client.post(f"{PAGE}/component")
    after = unit_client.get(PAGE).text

    filed = newest(database, InboxKind.AUTHORISE)
    assert filed is not None
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{PAGE}#component")
    assert (filed.channel, filed.who, filed.payload["platform"]) == ("account", "单位甲", WAY)
    assert '<button type="submit" class="button">授权</button>' in before
    assert "采集程序正在向平台核对" in after
    assert "waiting.js" in after


def test_the_page_leads_to_wechat_with_the_code_and_the_way_back(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)

    asked = parse_qs(urlsplit(way(unit_client)).query)

    assert (asked["component_appid"], asked["pre_auth_code"]) == ([COMPONENT], ["preauthcode@@@1"])
    assert asked["redirect_uri"][0].startswith("http://localhost/unit/connect/component/return?state=")
    assert 'referrerpolicy="origin"' in unit_client.get(PAGE).text  # WeChat looks at where the person comes from


def test_a_code_that_is_too_old_is_no_way_any_more(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)

    with time_machine.travel(times.now() + timedelta(minutes=11), tick=False):
        assert way(unit_client) == ""
        assert ">授权</button>" in unit_client.get(PAGE).text


def test_without_a_component_there_is_no_such_way(
    app: Flask, unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    app.extensions["carnival"] = replace(
        app.extensions["carnival"], settings=settings.model_copy(update={"wechat_component_appid": ""})
    )

    assert unit_client.post(f"{PAGE}/component").status_code == 404
    assert "微信公众号授权" not in unit_client.get(PAGE).text
    assert newest(database, InboxKind.AUTHORISE) is None


def test_another_unit_s_channel_is_not_there(
    browse: Browse, make_user: Callable[..., User], database: Database, account: Channel, make_unit: Callable[..., Unit]
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一示例馆"))
    other = browse(make_user("单位乙", role=Role.UNIT, unit=UnitId("unit-b")))

    assert other.post(f"{PAGE}/component").status_code == 404
    assert newest(database, InboxKind.AUTHORISE) is None


def test_a_site_has_no_page_to_authorise(unit_client: FlaskClient, database: Database, channel: Channel) -> None:
    assert unit_client.post(f"/unit/channels/{channel.id}/connect/component").status_code == 404


def test_an_administrator_may_authorise_for_any_unit(
    browse: Browse, make_user: Callable[..., User], database: Database, settings: Settings, account: Channel
) -> None:
    admin = browse(make_user("管理员", role=Role.ADMIN))
    made_ready(admin, database, settings)

    assert admin.get(back(state_of(way(admin)))).status_code == 303


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

    assert [answer.headers["Location"] for answer in answers] == [PAGE, DESK, DESK]
    with database.reading() as tx:
        assert len(inbox.newest(tx, InboxKind.CONNECT)) == 1


def test_a_way_back_ends_after_a_quarter_of_an_hour(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    with time_machine.travel(times.now() + timedelta(minutes=16), tick=False):
        answer = unit_client.get(back(state))

    assert answer.headers["Location"] == DESK
    assert newest(database, InboxKind.CONNECT) is None


def test_another_session_of_the_same_person_cannot_use_it(
    unit_client: FlaskClient, browse: Browse, person: User, database: Database, settings: Settings
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    answer = browse(person).get(back(state))

    assert (answer.headers["Location"], newest(database, InboxKind.CONNECT)) == (DESK, None)
    assert unit_client.get(back(state)).headers["Location"] == PAGE


@pytest.mark.parametrize("state", ["", "x", "W10.x", "../" * 10, "x" * 600])
def test_a_state_that_is_none_connects_nothing(unit_client: FlaskClient, database: Database, state: str) -> None:
    answer = unit_client.get(back(state))

    assert (answer.headers["Location"], newest(database, InboxKind.CONNECT)) == (DESK, None)
    assert CODE not in answer.text


@pytest.mark.parametrize("code", ["", " ", "两", "x" * 513, "a\tb"])
def test_without_a_code_nothing_is_filed_and_the_way_is_still_good(
    unit_client: FlaskClient, database: Database, settings: Settings, code: str
) -> None:
    made_ready(unit_client, database, settings)
    state = state_of(way(unit_client))

    assert unit_client.get(back(state, code=code)).headers["Location"] == PAGE
    assert newest(database, InboxKind.CONNECT) is None
    assert "没有带回授权码" in unit_client.get(PAGE).text
    assert unit_client.get(back(state)).headers["Location"] == PAGE


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
