"""web.unit.views: a unit's room is open to people of units alone, and what moves something takes no link."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.whitelist.records import Channel
from web.unit.views import blueprint


def test_the_desk_of_a_unit_is_for_its_people(
    client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    channel: Channel,
) -> None:
    unit = browse(make_user("单位甲", role=Role.UNIT, unit=channel.unit))

    assert unit.get("/unit/").status_code == 200
    assert browse(make_user("编辑甲")).get("/unit/").status_code == 403
    assert client.get("/unit/").status_code in (302, 401)


def test_what_moves_something_takes_no_link(
    app: Flask, browse: Callable[[User], FlaskClient], make_user: Callable[..., User], channel: Channel
) -> None:
    unit = browse(make_user("单位甲", role=Role.UNIT, unit=channel.unit))
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}.")]
    moving = [rule.rule.replace("<item>", "i") for rule in rules if "GET" not in (rule.methods or set())]

    assert len(moving) >= 3
    assert {unit.get(path).status_code for path in moving} == {405}
