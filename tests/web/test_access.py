"""Who may ask for what: every route of the map against every role."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from indexer.accounts import Role, User
from indexer.items import Channel, UnitId
from web.access import EVERYONE, NEEDED, is_local

ARGUMENTS = {"item": "unknown", "unit": "unknown", "channel": "unknown", "report": "unknown", "filename": "site.css"}


def asked(app: Flask, *, room: str) -> list[tuple[str, str]]:
    """Method and address of each view of a room."""
    adapter = app.url_map.bind("localhost")
    rules: list[Rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] == room]
    return [
        (method, adapter.build(rule.endpoint, {name: ARGUMENTS[name] for name in rule.arguments}, method=method))
        for rule in rules
        for method in (rule.methods or set()) & {"GET", "POST"}
    ]


def statuses(client: FlaskClient, views: list[tuple[str, str]]) -> set[int]:
    return {client.open(path, method=method).status_code for method, path in views}


@pytest.fixture
def person(make_user: Callable[..., User], channel: Channel) -> Callable[[Role], User]:
    """Give a person of a role; the unit's belongs to the unit of the channel."""
    return lambda role: make_user(f"人{role}", role=role, unit=UnitId("unit-a") if role is Role.UNIT else None)


def test_every_room_is_listed(app: Flask) -> None:
    rooms = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules()}

    assert rooms == EVERYONE | set(NEEDED)


@pytest.mark.parametrize("room", sorted(NEEDED))
def test_a_stranger_is_sent_to_the_sign_in_page_everywhere(app: Flask, client: FlaskClient, room: str) -> None:
    answers = [client.open(path, method=method) for method, path in asked(app, room=room)]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.location.partition("?")[0] for answer in answers} == {"/sign-in"}


@pytest.mark.parametrize(
    ("room", "role"), [(room, role) for room, roles in NEEDED.items() for role in sorted(set(Role) - roles)]
)
def test_another_role_is_refused_everywhere(
    app: Flask,
    browse: Callable[[User], FlaskClient],
    person: Callable[[Role], User],
    room: str,
    role: Role,
) -> None:
    assert statuses(browse(person(role)), asked(app, room=room)) == {403}


@pytest.mark.parametrize(("room", "role"), [(room, role) for room, roles in NEEDED.items() for role in sorted(roles)])
def test_the_right_role_is_refused_nowhere(
    app: Flask,
    browse: Callable[[User], FlaskClient],
    person: Callable[[Role], User],
    room: str,
    role: Role,
) -> None:
    assert statuses(browse(person(role)), asked(app, room=room)) <= {200, 302, 404}


def test_an_account_that_is_gone_is_a_stranger(app: Flask, channel: Channel) -> None:
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
