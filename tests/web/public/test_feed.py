"""The Atom feed, read by a feed reader."""

from collections.abc import Callable

import feedparser
import pytest
from flask.testing import FlaskClient

from indexer.items import Facet, Item, Move, Tag


@pytest.fixture(autouse=True)
def _approved(make_item: Callable[..., Item], move: Callable[..., None]) -> None:
    hostile = "月球 <b>&\x0b过夜"  # a control character that XML forbids
    first = make_item(url="http://a.example/1.html", title=hostile, tags=(Tag(facet=Facet.TOPIC, id="it", score=0.9),))
    second = make_item(url="http://a.example/2.html", title="节水")
    move(first, Move.APPROVE)
    move(second, Move.APPROVE)


def test_a_reader_reads_all_entries_whatever_their_titles_hold(client: FlaskClient) -> None:
    answer = client.get("/feed.atom")

    feed = feedparser.parse(answer.data)

    assert answer.mimetype == "application/atom+xml"
    assert feed.bozo is False
    assert {entry.title for entry in feed.entries} == {"月球 <b>&过夜", "节水"}


@pytest.mark.parametrize(("query", "count"), [("topic=it", 1), ("topic=health", 0), ("unit=unit-a", 2), ("q=节水", 1)])
def test_every_search_is_a_feed(client: FlaskClient, query: str, count: int) -> None:
    feed = feedparser.parse(client.get(f"/feed.atom?{query}").data)

    assert feed.bozo is False
    assert len(feed.entries) == count


def test_an_entry_names_unit_source_and_page(client: FlaskClient) -> None:
    entry = feedparser.parse(client.get("/feed.atom?q=节水").data).entries[0]

    assert entry.author == "示例科技馆"
    assert {link.rel: link.href for link in entry.links}["via"] == "http://a.example/2.html"
    assert entry.link.startswith("http://localhost/items/")
