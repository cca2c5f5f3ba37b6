"""Correcting tags at the desk: boxes without a script, what was seen counts, and nothing else changes."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.results import Facet, Tag
from web.review import correcting

IT, YOUTH = Tag(facet=Facet.TOPIC, id="it", score=0.7), Tag(facet=Facet.AUDIENCE, id="youth", score=0.6)
SEEN = {"version": 1, "seen": "audience:youth topic:it"}


@pytest.fixture
def item(make_item: Callable[..., Item]) -> Item:
    return make_item(tags=(IT, YOUTH))


def held(database: Database, item: Item) -> set[str]:
    with database.reading() as tx:
        return {f"{tag.facet}:{tag.id}" for tag in understood.tags(tx, item.id, 1)}


@pytest.mark.parametrize(
    ("form", "tags"),
    [
        ({"tag": ["topic:health", "audience:youth"]}, {"topic:health", "audience:youth"}),
        ({"tag": []}, set()),
        ({"tag": ["topic:it", "audience:youth"]}, {"topic:it", "audience:youth"}),
        ({"seen": "", "tag": ["district:haidian"]}, {"topic:it", "audience:youth", "district:haidian"}),
    ],
    ids=["one for another", "none", "as they were", "what came meanwhile stays"],
)
def test_the_tags_are_those_that_the_editor_left(
    desk_client: FlaskClient, database: Database, item: Item, form: dict[str, object], tags: set[str]
) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/tags", data=SEEN | form)

    assert answer.status_code == 302
    assert held(database, item) == tags


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"tag": "health"}, 400),
        ({"tag": "colour:red"}, 400),
        ({"tag": "topic:" + "x" * 81}, 400),
        ({"tag": "topic:nothing"}, 409),
        ({"version": "", "tag": "topic:health"}, 400),
    ],
)
def test_what_is_no_tag_changes_nothing(
    desk_client: FlaskClient, database: Database, item: Item, form: dict[str, str], status: int
) -> None:
    assert desk_client.post(f"/review/items/{item.id}/tags", data=SEEN | form).status_code == status
    assert held(database, item) == {"topic:it", "audience:youth"}


def test_an_item_that_is_not_there_is_not_found(desk_client: FlaskClient) -> None:
    form = {"version": 1, "seen": "", "tag": "topic:health"}

    assert desk_client.post("/review/items/nothing/tags", data=form).status_code == 404


def test_a_unit_corrects_nothing(
    browse: Callable[[User], FlaskClient], make_user: Callable[..., User], database: Database, item: Item
) -> None:
    client = browse(make_user("单位甲", role=Role.UNIT, unit=item.unit))

    assert client.post(f"/review/items/{item.id}/tags", data=SEEN | {"tag": []}).status_code == 403
    assert held(database, item) == {"topic:it", "audience:youth"}


def test_its_address_leads_here(client: FlaskClient) -> None:
    assert client.application.view_functions["review.tags"] is correcting.save
