"""Which rooms there are, and which addresses may be gone back to; who gets in where: `test_routes`."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.people.accounts import User
from indexer.people.rights import Role
from web.app.access import NEEDED, RouteWithoutRight, check, is_local


def test_every_route_names_a_right_and_no_right_is_named_for_nothing(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(NEEDED)


def test_a_site_with_a_view_that_names_no_right_does_not_start(app: Flask) -> None:
    app.add_url_rule("/unlisted", view_func=lambda: "", endpoint="elsewhere.view")

    with pytest.raises(RouteWithoutRight, match=r"elsewhere\.view"):
        check(app)


def test_a_view_that_names_no_right_is_open_to_nobody(
    app: Flask, browse: Callable[[User], FlaskClient], make_user: Callable[..., User]
) -> None:
    app.add_url_rule("/unlisted", view_func=lambda: "", endpoint="elsewhere.view")

    assert app.test_client().get("/unlisted").status_code == 302
    assert browse(make_user(role=Role.ADMIN)).get("/unlisted").status_code == 403


def test_a_token_that_is_no_session_s_is_a_stranger_s(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "nobody"

    assert client.get("/review/").status_code == 302


@pytest.mark.parametrize("address", ["/", "/review/?state=held", "/items/%E6%9C%88"])
def test_a_path_on_this_site_may_be_gone_back_to(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "http://a.example/",
        "//a.example/",
        "/\\a.example/",
        "\\\\a.example",
        "javascript:alert(1)",
        "/a\nb",
        "review",
    ],
)
def test_no_other_address_may_be_gone_back_to(address: str | None) -> None:
    assert not is_local(address)
