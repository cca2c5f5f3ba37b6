"""web.app.session: the cookie is out of reach of scripts, secure behind https, and kept as long as the row."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from tests.operators import NOW, OPERATOR
from web.app.session import limits

PASSWORD = "a long enough phrase"


@pytest.fixture
def cookie(database: Database, client: FlaskClient) -> str:
    """What the browser is told to keep when somebody signs in."""
    people.add_account(database, "编辑乙", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=NOW)
    answer = client.post("/sign-in", data={"name": "编辑乙", "password": PASSWORD})
    return next(value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("session="))


def test_the_cookie_of_a_sign_in_is_out_of_reach_of_scripts_and_other_sites(cookie: str) -> None:
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # reached by http on loopback


def test_the_cookie_ends_with_the_row(cookie: str) -> None:
    assert "Expires=" in cookie


def test_a_session_lasts_as_long_as_the_settings_say(app: Flask, settings: Settings) -> None:
    found = limits(settings)

    assert found.idle == timedelta(hours=settings.session_idle_hours)
    assert found.absolute == timedelta(days=settings.session_days) == app.permanent_session_lifetime
