"""Which rooms there are, and which addresses may be gone back to; who gets in where: `test_routes`."""

import pytest
from flask import Flask

from web.access import EVERYONE, NEEDED, is_local


def test_every_room_is_listed(app: Flask) -> None:
    rooms = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules()}

    assert rooms == EVERYONE | set(NEEDED)


def test_a_view_that_nobody_listed_is_open_to_nobody(app: Flask) -> None:
    app.add_url_rule("/unlisted", view_func=lambda: "", endpoint="elsewhere.view")

    assert app.test_client().get("/unlisted").status_code == 302


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
