"""web.auth.devices: a signed cookie tells the browsers on which somebody signed in before, and lets nobody in."""

import pytest
from flask import Flask, Response
from itsdangerous import URLSafeSerializer

from indexer.people.accounts import User, UserId
from indexer.people.rights import Role
from web.auth import devices
from web.auth.devices import COOKIE, PEOPLE


def person(number: int) -> User:
    return User(id=UserId(f"u{number}"), name=f"编辑{number}", role=Role.EDITOR, unit=None)


def after(app: Flask, user: User, cookie: str = "", *, base: str = "http://localhost") -> str:
    """The Set-Cookie line after this person signed in on the browser that holds that cookie."""
    with app.test_request_context("/sign-in", base_url=base, headers={"Cookie": f"{COOKIE}={cookie}"}):
        response = Response()
        devices.remember(response, user)
        return response.headers["Set-Cookie"]


def value(line: str) -> str:
    return line.partition(";")[0].partition("=")[2]


def known(app: Flask, cookie: str) -> tuple[str, ...] | None:
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
        device = devices.known()
    return None if device is None else device.people


def test_who_signed_in_on_a_browser_is_known_there_the_latest_last(app: Flask) -> None:
    cookie = value(after(app, person(1)))
    cookie = value(after(app, person(2), cookie))
    cookie = value(after(app, person(1), cookie))

    assert known(app, cookie) == ("u2", "u1")


def test_the_latest_of_many_people_are_kept_and_the_browser_stays_the_same(app: Flask) -> None:
    cookie = value(after(app, person(0)))
    first = cookie
    for number in range(1, PEOPLE + 3):
        cookie = value(after(app, person(number), cookie))

    assert known(app, cookie) == tuple(f"u{number}" for number in range(3, PEOPLE + 3))
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={first}"}):
        before = devices.device_or_client()
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
        assert devices.device_or_client() == before
        assert before.startswith("device ")


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIixbInUxIl1d.AAAA"])
def test_a_cookie_that_is_not_ours_tells_nothing(app: Flask, cookie: str) -> None:
    assert known(app, cookie) is None


@pytest.mark.parametrize("content", [{}, ["id"], ["id", "u1"], ["id", [1]], [1, ["u1"]], None])
def test_what_we_signed_for_another_purpose_or_in_another_shape_tells_nothing(app: Flask, content: object) -> None:
    serializer = URLSafeSerializer(str(app.secret_key), salt="carnival.device")

    assert known(app, str(serializer.dumps(content))) is None
    assert known(app, str(URLSafeSerializer(str(app.secret_key), salt="other").dumps(["id", ["u1"]]))) is None


def test_without_the_cookie_who_asks_is_counted_by_address(app: Flask) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        assert devices.device_or_client() == "192.0.2.7"


def test_the_cookie_goes_to_the_sign_in_page_alone_and_out_of_reach_of_scripts(app: Flask) -> None:
    line = after(app, person(1))

    assert "Path=/sign-in" in line
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
