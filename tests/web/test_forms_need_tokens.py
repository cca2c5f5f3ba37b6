"""Every POST of the map without its token is refused; with it, it is let through."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.accounts import Role, User
from indexer.items import Channel, Item, UnitId

ARGUMENTS = {"item": "unknown", "channel": "unknown", "report": "unknown"}


@pytest.fixture
def guarded(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def posts(app: Flask) -> list[str]:
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]
    return [adapter.build(rule.endpoint, {name: ARGUMENTS[name] for name in rule.arguments}) for rule in rules]


@pytest.mark.parametrize("role", list(Role))
def test_no_post_is_taken_without_a_token(
    guarded: Flask,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    channel: Channel,
    role: Role,
) -> None:
    client = browse(make_user(role=role, unit=UnitId("unit-a") if role is Role.UNIT else None))

    answers = {path: client.post(path).status_code for path in posts(guarded)}

    assert set(answers.values()) <= {400, 403}
    assert answers["/sign-out"] == 400


def test_the_desk_s_own_forms_carry_their_tokens(
    guarded: Flask, browse: Callable[[User], FlaskClient], editor: User, make_item: Callable[..., Item]
) -> None:
    item, client = make_item(), browse(editor)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"/review/items/{item.id}").text)
    assert token is not None

    answer = client.post(
        f"/review/items/{item.id}/decide",
        data={"csrf_token": token[1], "version": 1, "state": "pending", "move": "approve"},
    )

    assert answer.location == "/review/"
