"""web.review.views: the editors' room is open to editors alone, page by page."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.whitelist.records import Channel
from web.review.views import blueprint

PAGES = ["/review/", "/review/log", "/review/refused", "/review/whitelist", "/review/reports"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_desk_is_for_editors_and_administrators(
    client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    channel: Channel,
    path: str,
) -> None:
    unit = browse(make_user("单位甲", role=Role.UNIT, unit=channel.unit))
    answers = [browse(make_user(str(role), role=role)).get(path).status_code for role in (Role.EDITOR, Role.ADMIN)]

    assert answers == [200, 200]
    assert unit.get(path).status_code == 403
    assert client.get(path).status_code in (302, 401)


def test_what_moves_something_takes_no_link(app: Flask, desk_client: FlaskClient) -> None:
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}.")]
    shown = {rule.rule for rule in ours if "GET" in (rule.methods or set())}  # with the form that is sent there
    moving = [
        rule.rule.replace("<item>", "i").replace("<channel>", "c").replace("<report>", "r").replace("<trial>", "t")
        for rule in ours
        if rule.rule not in shown
    ]

    assert len(moving) >= 6
    assert {desk_client.get(path).status_code for path in moving} == {405}
