"""web.auth.entering: a browser becomes somebody's, and nobody's again."""

from datetime import UTC, datetime, timedelta

from flask import Flask, session
from flask_login import current_user

from config.settings import Settings
from indexer.people.accounts import User, UserId
from indexer.people.rights import Role
from web.app.session import ENDS
from web.auth.entering import enter, leave, visit

NOW = datetime(2026, 9, 17, 2, tzinfo=UTC)
USER = User(id=UserId("u1"), name="编辑甲", role=Role.EDITOR, unit=None)


def test_entering_keeps_nothing_of_the_session_before(app: Flask, settings: Settings) -> None:
    with app.test_request_context("/sign-in", method="POST"):
        session["outcome"] = "of another person"
        enter(USER, "token", now=NOW)

        assert "outcome" not in session
        assert session[ENDS] == int((NOW + timedelta(days=settings.session_days)).timestamp())
        assert current_user.is_authenticated


def test_leaving_leaves_nothing(app: Flask) -> None:
    with app.test_request_context("/sign-out", method="POST"):
        enter(USER, "token", now=NOW)
        leave()

        assert ENDS not in session
        assert "_user_id" not in session
        assert not current_user.is_authenticated


def test_a_visit_names_address_and_browser_and_nothing_that_cannot_be_printed(app: Flask) -> None:
    place = {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Firefox\x1b[2J\u200f/1"}
    with app.test_request_context("/", environ_base=place):
        found = visit()

    assert (found.address, found.device) == ("192.0.2.7", None)
    assert found.agent == "Firefox[2J/1"
