"""The JSON interface."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import PictureUse
from indexer.records.database import Database
from indexer.records.entries import public_entries
from indexer.review.records import Move
from indexer.understanding.results import Facet, Tag
from tests.web.kept import picture
from web.api.items import brief, medium_of


@pytest.fixture
def item(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    made = make_item(tags=(Tag(facet=Facet.TOPIC, id="it", score=0.9),))
    move(made, Move.APPROVE)
    return made


def test_a_list_holds_what_its_page_holds_and_the_counts(client: FlaskClient, item: Item) -> None:
    answer = client.get("/api/items", query_string={"q": "月球"}).get_json()

    assert (answer["total"], answer["page"]) == (1, 1)
    assert answer["facets"]["topics"] == {"it": 1}
    assert answer["items"][0]["title"] == "月球车如何过夜"
    assert answer["items"][0]["unit"] == {"id": "unit-a", "name": "示例科技馆"}
    assert answer["items"][0]["tags"] == [{"facet": "topic", "id": "it"}]


def test_one_item_comes_whole(client: FlaskClient, item: Item) -> None:
    answer = client.get(f"/api/items/{item.id}").get_json()

    assert answer["text"].startswith("月球的夜晚")
    assert answer["source"] == "http://a.example/art/1.html"


def test_a_medium_says_that_a_machine_made_it_where_its_page_or_its_file_says_so(app: Flask) -> None:
    medium = Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg")
    use = PictureUse(item=ItemId("i"), version=1, position=0, url=medium.url)
    labelled = replace(use, picture=replace(picture(), ai_label="AI生成"))

    with app.test_request_context("/api/items"):
        assert medium_of(medium, labelled)["ai_label"] == "AI生成"
        assert medium_of(replace(medium, ai_label="由AI绘制"), labelled)["ai_label"] == "由AI绘制"
        assert "ai_label" not in medium_of(medium, use)


def test_what_cannot_be_understood_is_refused_with_its_reason(client: FlaskClient) -> None:
    answer = client.get("/api/items?since=never")

    assert answer.status_code == 400
    assert "never" in answer.get_json()["error"]["message"]


def test_a_brief_says_no_more_than_the_public_may_know(
    app: Flask, database: Database, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    item = make_item(tags=(Tag(facet=Facet.TOPIC, id="it", score=0.9),))
    move(item, Move.APPROVE)
    with app.test_request_context("/api/items"), database.reading() as tx:
        said = brief(public_entries(tx, [item.id])[item.id].listed)

    assert said["id"] == item.id
    assert said["title"] == "月球车如何过夜"
    assert not {"state", "findings", "vector", "latest"} & said.keys()
