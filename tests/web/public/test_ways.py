"""Only ways that lead to something are offered."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.records import channels
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.records import Unit

TAGS = (
    Tag(facet=Facet.TOPIC, id="it", score=0.9),
    Tag(facet=Facet.AUDIENCE, id="youth", score=0.9),
    Tag(facet=Facet.DISTRICT, id="haidian", score=1.0),
)


@pytest.fixture
def shown(
    database: Database, make_item: Callable[..., Item], move: Callable[..., None], make_unit: Callable[..., Unit]
) -> Item:
    """One public item, one that waits under another topic, and a unit without any."""
    item = make_item(tags=TAGS)
    make_item(url="http://a.example/2.html", title="等待", tags=(replace(TAGS[0], id="health"),))
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-empty"), name="没有内容的单位"))
    move(item, Move.APPROVE)
    return item


def searches(page: str) -> set[str]:
    return set(re.findall(r'href="/search\?((?:topic|audience|district|unit|kind)=[^"]+)"', page))


@pytest.mark.usefixtures("shown")
def test_the_first_page_offers_what_has_a_piece_and_nothing_else(client: FlaskClient) -> None:
    assert searches(client.get("/").text) == {"topic=it", "audience=youth", "district=haidian"}


@pytest.mark.usefixtures("shown")
def test_every_way_that_a_page_offers_leads_to_something(client: FlaskClient, shown: Item) -> None:
    ways = searches(client.get("/").text) | searches(client.get(f"/items/{shown.id}").text)

    assert [way for way in ways if "找到 1 条" not in client.get(f"/search?{way}").text] == []


def test_without_any_piece_the_first_page_offers_no_way(client: FlaskClient) -> None:
    page = client.get("/").text

    assert searches(page) == set()
    assert "按地区看" not in page


def test_what_was_withdrawn_is_offered_no_more(client: FlaskClient, shown: Item, move: Callable[..., None]) -> None:
    move(shown, Move.WITHDRAW)

    assert searches(client.get("/").text) == set()


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["/units", "/whitelist?name=单位", "/whitelist?name=示例"])
def test_a_unit_without_a_piece_is_named_and_leads_nowhere(client: FlaskClient, path: str) -> None:
    assert 'href="/units/unit-empty"' not in client.get(path).text


@pytest.mark.usefixtures("shown")
def test_a_unit_with_a_piece_is_led_to(client: FlaskClient) -> None:
    assert 'href="/units/unit-a"' in client.get("/units").text
    assert "没有内容的单位" in client.get("/units").text
