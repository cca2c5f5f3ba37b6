"""Signing in and out."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from indexer.base.ids import UnitId
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.operators import NOW, OPERATOR
from web.auth.views import sign_in

PASSWORD = "示例口令-只用于测试"
FORM = {"name": "编辑乙", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _accounts(database: Database, channel: Channel) -> None:
    people.add_account(database, "编辑乙", PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    people.add_account(database, "单位乙", PASSWORD, by=OPERATOR, now=NOW, role=Role.UNIT, unit=UnitId("unit-a"))


@pytest.mark.parametrize(("name", "desk"), [("编辑乙", "/review/"), ("单位乙", "/unit/")])
def test_everyone_comes_to_their_own_desk(client: FlaskClient, name: str, desk: str) -> None:
    answer = client.post("/sign-in", data=FORM | {"name": name})

    assert answer.location == desk
    assert client.get(desk).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/review/log?page=2", "/review/log?page=2"),
        ("//evil.example/", "/review/"),
        ("http://evil.example/", "/review/"),
    ],
)
def test_only_a_page_of_this_site_is_gone_back_to(client: FlaskClient, wanted: str, location: str) -> None:
    assert client.post("/sign-in", data=FORM | {"next": wanted}).location == location


@pytest.mark.parametrize("form", [FORM | {"password": "falsch falsch"}, FORM | {"name": "niemand"}])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client: FlaskClient, form: dict[str, str]) -> None:
    answer = client.post("/sign-in", data=form)

    assert answer.status_code == 401
    assert "用户名或密码不正确，或尝试次数过多" in answer.text


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_both_cookies_are_out_of_reach_stay_on_this_site_and_are_secure_over_https(
    client: FlaskClient, scheme: str, is_secure: bool
) -> None:
    answer = client.post("/sign-in", data=FORM, base_url=f"{scheme}://localhost")
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}

    assert set(cookies) == {"session", "device"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies.values())
    assert [("Secure" in cookie) for cookie in cookies.values()] == [is_secure] * 2


def test_a_stranger_does_not_lock_an_editor_out_of_the_browser_they_use(
    app: Flask, client: FlaskClient, limited: None
) -> None:
    client.post("/sign-in", data=FORM)
    client.post("/sign-out")
    stranger = app.test_client()
    wrong = [stranger.post("/sign-in", data=FORM | {"password": "falsch"}).status_code for _ in range(30)]

    answer = client.post("/sign-in", data=FORM)

    assert wrong == [401] * 9 + [429] * 21  # the editor's first sign-in, without a device yet, came from here too
    assert (answer.status_code, answer.location) == (302, "/review/")


def test_a_wrong_password_from_elsewhere_keeps_nobody_waiting(app: Flask) -> None:
    stranger, editor = app.test_client(), app.test_client()
    for _ in range(12):
        stranger.post("/sign-in", data=FORM | {"password": "falsch"}, environ_base={"REMOTE_ADDR": "198.51.100.66"})

    answer = editor.post("/sign-in", data=FORM, environ_base={"REMOTE_ADDR": "203.0.113.5"})

    assert answer.status_code == 302


def test_a_network_of_ipv6_is_one_client(app: Flask, limited: None) -> None:
    statuses = [
        app.test_client()
        .post("/sign-in", data={"name": "", "password": ""}, environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{turn}"})
        .status_code
        for turn in range(11)
    ]

    assert statuses == [200] * 10 + [429]


@pytest.mark.parametrize("name", ["编辑乙", "niemand"])
def test_a_limited_answer_says_the_same_words_as_a_wrong_one(client: FlaskClient, name: str) -> None:
    wrong = [client.post("/sign-in", data={"name": name, "password": "falsch"}) for _ in range(8)]

    assert {answer.status_code for answer in wrong} == {401}
    assert len({answer.text for answer in wrong}) == 1


@pytest.mark.parametrize("cookie", ["", "x", "W10.x", '["a",["b"]]', "." * 4000])
def test_a_device_cookie_that_is_not_ours_counts_for_nothing(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("device", cookie, path="/sign-in")

    assert client.post("/sign-in", data=FORM).status_code == 302


def test_a_refused_attempt_that_was_not_even_looked_at_is_logged(client: FlaskClient, limited: None) -> None:
    for _ in range(10):
        client.post("/sign-in", data={"name": "", "password": ""})

    with capture_logs() as logged:
        client.post("/sign-in", data=FORM)

    assert logged == [
        {
            "event": "sign_in_refused",
            "log_level": "warning",
            "name": None,
            "address": "127.0.0.1",
            "problem": "too_many",
        }
    ]


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    client.post("/sign-in", data=FORM)

    client.post("/sign-out")

    assert client.get("/review/").status_code == 302


def test_signing_out_takes_no_link(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405


def test_the_sign_in_page_is_open_to_everyone_and_kept_by_nobody(client: FlaskClient) -> None:
    answer = client.get("/sign-in")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    with client.application.test_request_context("/sign-in"):
        assert "password" in str(sign_in())
