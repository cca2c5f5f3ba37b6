"""The JSON interface."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.items import Facet, Item, Move, Tag


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


def test_what_cannot_be_understood_is_refused_with_its_reason(client: FlaskClient) -> None:
    answer = client.get("/api/items?since=never")

    assert answer.status_code == 400
    assert "never" in answer.get_json()["error"]["message"]
