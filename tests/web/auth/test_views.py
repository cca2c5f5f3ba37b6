"""Signing in and out."""

import pytest
from flask.testing import FlaskClient

from indexer import people
from indexer.accounts import Role
from indexer.items import Channel, UnitId
from indexer.records.database import Database

PASSWORD = "示例口令-只用于测试"
FORM = {"name": "编辑乙", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _accounts(database: Database, channel: Channel) -> None:
    people.add_account(database, "编辑乙", PASSWORD, role=Role.EDITOR)
    people.add_account(database, "单位乙", PASSWORD, role=Role.UNIT, unit=UnitId("unit-a"))


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


def test_the_session_cookie_is_out_of_reach_and_stays_on_this_site(client: FlaskClient) -> None:
    cookie = client.post("/sign-in", data=FORM).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_session_cookie_is_secure(client: FlaskClient) -> None:
    assert "Secure" in client.post("/sign-in", data=FORM, base_url="https://localhost").headers["Set-Cookie"]


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    client.post("/sign-in", data=FORM)

    client.post("/sign-out")

    assert client.get("/review/").status_code == 302


def test_signing_out_takes_no_link(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405
