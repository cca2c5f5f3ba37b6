"""One's own password and sessions, and what a copy of a cookie is worth afterwards."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.base import times
from indexer.base.ids import UnitId
from indexer.people import sign_in as people
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.operators import NOW, OPERATOR
from web.app.limits import limiter
from web.auth.account import person_or_client
from web.auth.browsers import browser_name

PASSWORD, NEW = "示例口令-只用于测试", "另一个示例口令-只用于测试"
FORM = {"name": "编辑乙", "password": PASSWORD}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture(autouse=True)
def _accounts(database: Database, channel: Channel) -> None:
    people.add_account(database, "编辑乙", PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    people.add_account(database, "单位乙", PASSWORD, by=OPERATOR, now=NOW, role=Role.UNIT, unit=UnitId("unit-a"))


@pytest.fixture
def enter(app: Flask) -> Callable[..., FlaskClient]:
    """Sign in with a new browser."""

    def make(agent: str = FIREFOX, name: str = "编辑乙", password: str = PASSWORD) -> FlaskClient:
        client = app.test_client()
        client.post("/sign-in", data={"name": name, "password": password}, headers={"User-Agent": agent})
        return client

    return make


def copy(app: Flask, client: FlaskClient) -> FlaskClient:
    """Another browser with a copy of the session's cookie."""
    cookie, thief = client.get_cookie("session"), app.test_client()
    assert cookie is not None
    thief.set_cookie("session", cookie.value)
    return thief


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def change(client: FlaskClient, *, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> TestResponse:
    return client.post("/account/password", data={"old": old, "new": new, "again": again})


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, enter: Callable[..., FlaskClient]) -> None:
    client = enter()
    thief = copy(app, client)
    before = is_in(thief)

    client.post("/sign-out")

    assert (before, is_in(thief), is_in(client)) == (True, False, False)


def test_changing_the_password_ends_copies_and_other_sessions_and_this_one_goes_on(
    app: Flask, enter: Callable[..., FlaskClient]
) -> None:
    client, elsewhere = enter(), enter()
    thief = copy(app, client)

    answer = change(client)
    page = client.get("/account/").text

    assert (answer.status_code, answer.location) == (302, "/account/")
    assert "密码已修改" in page
    assert [is_in(one) for one in (client, elsewhere, thief)] == [True, False, False]
    assert [is_in(enter(password=one)) for one in (PASSWORD, NEW)] == [False, True]


@pytest.mark.parametrize(
    "change_of_operator",
    [people.remove_account, partial(people.set_password, password=NEW)],
)
def test_what_an_operator_changes_ends_sessions_at_once(
    database: Database, enter: Callable[..., FlaskClient], change_of_operator: Callable[..., None]
) -> None:
    client = enter()

    change_of_operator(database, "编辑乙", by=OPERATOR, now=times.now())

    assert not is_in(client)
    assert client.get("/review/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "falsch"}, "当前密码不正确"),
        ({"again": "etwas anderes"}, "两次输入的新密码不一致"),
        ({"new": "kurz", "again": "kurz"}, "密码须为 10 至 1000 个字符"),
        ({"new": "x" * 1001, "again": "x" * 1001}, "密码须为 10 至 1000 个字符"),
        ({"new": "", "again": ""}, "未作修改"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_and_nothing_ends(
    enter: Callable[..., FlaskClient], typed: dict[str, str], words: str
) -> None:
    client, elsewhere = enter(), enter()

    answer = change(client, **typed)

    assert answer.status_code == 400
    assert words in answer.text
    assert (is_in(client), is_in(elsewhere)) == (True, True)


def test_a_password_as_long_as_may_be_signs_in(enter: Callable[..., FlaskClient]) -> None:
    change(enter(), new="长" * 1000, again="长" * 1000)

    assert is_in(enter(password="长" * 1000))


@pytest.mark.parametrize("name", ["编辑乙", "单位乙"])
def test_every_role_sees_its_own_sessions_and_no_one_else_s(enter: Callable[..., FlaskClient], name: str) -> None:
    enter(name="编辑乙", agent="Somebody's")
    client = enter(name=name)
    enter(name=name, agent="curl/8.5.0")

    page = client.get("/account/").text

    assert "Firefox · Windows" in page
    assert "curl/8.5.0" in page
    assert page.count("当前登录") == 1
    assert ("Somebody" in page) is (name == "编辑乙")
    assert '<a href="/account/">我的账户</a>' in client.get("/").text


def test_strangers_at_the_same_address_take_nobody_s_turn_to_change_a_password(
    app: Flask, enter: Callable[..., FlaskClient]
) -> None:
    client, stranger = enter(), app.test_client()
    limiter.enabled = True
    limiter.reset()
    turned_away = [change(stranger).status_code for _ in range(12)]

    answer = change(client)

    limiter.reset()
    limiter.enabled = False
    assert turned_away == [302] * 12
    assert answer.location == "/account/"


def test_one_session_is_ended_from_the_list(enter: Callable[..., FlaskClient]) -> None:
    client, elsewhere = enter(), enter()
    (action,) = re.findall(r'action="(/account/sessions/[0-9a-z]+/end)"', client.get("/account/").text)

    client.post(action)
    again = client.post(action, follow_redirects=True)

    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert "此前已失效" in again.text


def test_all_other_sessions_are_ended_at_once(enter: Callable[..., FlaskClient]) -> None:
    client, others = enter(), [enter(), enter()]

    answer = client.post("/account/sessions/end-others", follow_redirects=True)

    assert "已退出其他 2 处登录" in answer.text
    assert [is_in(one) for one in (client, *others)] == [True, False, False]


def test_nobody_ends_the_session_of_another(app: Flask, enter: Callable[..., FlaskClient]) -> None:
    owner, owner_s_other, stranger = enter(), enter(), enter(name="单位乙")
    (action,) = re.findall(r'action="(/account/sessions/[0-9a-z]+/end)"', owner.get("/account/").text)

    stranger.post(action)

    assert is_in(owner_s_other)


def test_signing_in_begins_a_new_session_and_keeps_nothing_of_the_one_before(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["planted"] = "planted-by-a-stranger", "x"

    client.post("/sign-in", data=FORM)
    with client.session_transaction() as session:
        token, planted = session["_user_id"], session.get("planted")
    client.post("/sign-out")
    client.post("/sign-in", data=FORM)
    with client.session_transaction() as session:
        again = session["_user_id"]

    assert token != "planted-by-a-stranger"
    assert planted is None
    assert again != token


@pytest.mark.parametrize(
    ("hours", "goes_on"), [([11, 11, 11], True), ([13], False), ([11] * 16, False)], ids=["used", "idle", "too old"]
)
def test_a_session_ends_by_its_limits_whatever_the_cookie_says(
    app: Flask, enter: Callable[..., FlaskClient], hours: list[int], goes_on: bool
) -> None:
    with time_machine.travel(datetime(2026, 9, 17, 2, tzinfo=UTC), tick=False) as clock:
        client = enter()
        thief = copy(app, client)
        for step in hours:
            clock.shift(timedelta(hours=step))
            entered = is_in(thief)

    assert entered is goes_on


def test_the_cookie_is_kept_no_longer_than_the_session(app: Flask) -> None:
    begin = datetime(2026, 9, 17, 2, tzinfo=UTC)
    with time_machine.travel(begin, tick=False) as clock:
        client = app.test_client()
        first = client.post("/sign-in", data=FORM)
        clock.shift(timedelta(hours=5))
        later = client.post("/account/sessions/end-others")  # its message changes the cookie

    def expires(answer: TestResponse) -> list[datetime]:
        cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("session=")]
        return [parsedate_to_datetime(re.findall(r"Expires=([^;]+)", cookie)[0]) for cookie in cookies]

    assert expires(first) == expires(later) == [begin + timedelta(days=7)]


def test_reading_pages_does_not_set_the_cookie_again_and_again(enter: Callable[..., FlaskClient]) -> None:
    client = enter()
    client.get("/account/")

    assert "Set-Cookie" not in client.get("/account/").headers


def test_an_account_page_is_kept_by_nobody(desk_client: FlaskClient) -> None:
    assert desk_client.get("/account/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 500, "x" * 40),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_a_person_of_the_browse_fixture_is_signed_in(desk_client: FlaskClient, editor: User) -> None:
    assert editor.name in desk_client.get("/account/").text


def test_who_is_signed_in_is_counted_as_a_person_and_a_stranger_by_address(
    app: Flask, desk_client: FlaskClient, editor: User
) -> None:
    with app.test_request_context("/account", environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        stranger = person_or_client()
    with desk_client:
        desk_client.get("/account")
        person = person_or_client()

    assert stranger == "192.0.2.7"
    assert editor.id in person
