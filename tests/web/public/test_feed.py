"""The Atom feed, read by a feed reader."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.port import IndexDown, SearchIndex
from indexer.search.publish import publish
from indexer.understanding.results import Facet, Tag
from web.public import feed as feed_view

IT = Tag(facet=Facet.TOPIC, id="it", score=0.9)
OLD_DAY = Published(at=datetime(2025, 1, 2, tzinfo=BEIJING), is_day=True)


@pytest.fixture
def two(make_item: Callable[..., Item], move: Callable[..., None]) -> None:
    hostile = "月球 <b>&\x0b过夜"  # a control character that XML forbids
    first = make_item(url="http://a.example/1.html", title=hostile, tags=(IT,))
    second = make_item(url="http://a.example/2.html", title="节水", published=OLD_DAY)
    move(first, Move.APPROVE)
    move(second, Move.APPROVE)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of three entries."""
    monkeypatch.setattr(feed_view, "PAGE", 3)


@pytest.fixture
def approve(
    database: Database, index: SearchIndex, editor: User, move_on: Callable[..., Decision]
) -> Callable[..., None]:
    def made(item: Item, *, at: datetime) -> None:
        move_on(item, Move.APPROVE, who=editor, now=at)
        publish(database, index, now=at)

    return made


def read(client: FlaskClient, address: str) -> Any:  # noqa: ANN401  # the package has no types
    feed = feedparser.parse(client.get(address).data)
    assert feed.bozo is False
    return feed


def linked(feed: Any, rel: str) -> str | None:  # noqa: ANN401  # the package has no types
    return next((link.href for link in feed.feed.links if link.rel == rel), None)


def pages(client: FlaskClient, address: str) -> Iterator[Any]:
    following: str | None = address
    while following:
        page = read(client, following)
        yield page
        following = linked(page, "next")


@pytest.mark.usefixtures("two")
def test_a_reader_reads_all_entries_whatever_their_titles_hold(client: FlaskClient) -> None:
    answer = client.get("/feed.atom")

    feed = feedparser.parse(answer.data)

    assert answer.mimetype == "application/atom+xml"
    assert feed.bozo is False
    assert {entry.title for entry in feed.entries} == {"月球 <b>&过夜", "节水"}


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("topic=it", 1),
        ("topic=health", 0),
        ("unit=unit-a", 2),
        ("q=节水", 1),
        ("q=节水&topic=it", 0),
        ("until=2025-01-02", 1),
    ],
)
def test_every_search_is_a_feed(client: FlaskClient, query: str, count: int) -> None:
    assert len(read(client, f"/feed.atom?{query}").entries) == count


@pytest.mark.usefixtures("two")
def test_an_entry_names_unit_source_and_page(client: FlaskClient) -> None:
    entry = read(client, "/feed.atom?q=节水").entries[0]

    assert entry.author == "示例科技馆"
    assert {link.rel: link.href for link in entry.links}["via"] == "http://a.example/2.html"
    assert entry.link.startswith("http://localhost/items/")


def test_a_piece_approved_late_stands_above_a_hundred_of_younger_dates(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    for number in range(25):
        dated = Published(at=datetime(2026, 9, 10, tzinfo=BEIJING) + timedelta(minutes=number))
        move(make_item(url=f"http://a.example/{number}.html", title=f"月球{number}", published=dated), Move.APPROVE)
    move(make_item(url="http://a.example/late.html", title="月球旧文", published=OLD_DAY), Move.APPROVE)

    for query in ("", "?q=月球", "?unit=unit-a"):
        feed = read(client, f"/feed.atom{query}")
        assert feed.entries[0].title == "月球旧文"
        assert len(feed.entries) == 26


def test_published_is_when_it_came_out_here_and_updated_when_its_public_version_did(
    client: FlaskClient, make_item: Callable[..., Item], approve: Callable[..., None], now: datetime
) -> None:
    item = make_item(title="节水", published=OLD_DAY)
    approve(item, at=now + timedelta(hours=1))
    make_item(title="节水", text="改过的正文", published=OLD_DAY)
    waiting = read(client, "/feed.atom").entries[0]
    approve(item, at=now + timedelta(hours=5))

    feed = read(client, "/feed.atom")

    assert (waiting.published, waiting.updated) == ("2026-09-17T03:00:00+00:00", "2026-09-17T03:00:00+00:00")
    entry = feed.entries[0]
    assert (entry.published, entry.updated) == ("2026-09-17T03:00:00+00:00", "2026-09-17T07:00:00+00:00")
    assert (entry.created, feed.feed.updated) == ("2025-01-02", "2026-09-17T07:00:00+00:00")


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("query", ["", "?q=月球", "?topic=it", "?q=月球&topic=it"])
def test_following_next_meets_every_piece_once_while_others_come_out(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None], query: str
) -> None:
    made = [make_item(url=f"http://a.example/{n}.html", title=f"月球{n}", tags=(IT,)) for n in range(12)]
    for item in made[:10]:
        move(item, Move.APPROVE)

    met: list[str] = []
    for number, page in enumerate(pages(client, f"/feed.atom{query}")):
        met += [entry.title for entry in page.entries]
        if number < 2:
            move(made[10 + number], Move.APPROVE)

    assert met == [f"月球{number}" for number in reversed(range(10))]
    assert [entry.title for entry in read(client, f"/feed.atom{query}").entries][:2] == ["月球11", "月球10"]


@pytest.mark.usefixtures("small_pages")
def test_a_piece_withdrawn_while_a_reader_turns_pages_hides_no_other(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html", title=f"月球{number}") for number in range(7)]
    for item in made:
        move(item, Move.APPROVE)

    turning = pages(client, "/feed.atom")
    met = [entry.title for entry in next(turning).entries]
    move(made[4], Move.WITHDRAW)
    move(made[3], Move.WITHDRAW)
    met += [entry.title for page in turning for entry in page.entries]

    assert met == [f"月球{number}" for number in (6, 5, 4, 2, 1, 0)]


@pytest.mark.usefixtures("small_pages")
def test_pages_name_themselves_the_first_and_the_next(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    for number in range(4):
        move(make_item(url=f"http://a.example/{number}.html", title="月球", tags=(IT,)), Move.APPROVE)

    first, second = pages(client, "/feed.atom?topic=it")

    assert linked(first, "self") == linked(first, "first") == "http://localhost/feed.atom?topic=it"
    assert linked(second, "self") == linked(first, "next")
    assert linked(second, "first") == linked(first, "first")
    assert linked(second, "next") is None


@pytest.mark.usefixtures("two")
def test_the_ids_are_the_same_on_every_host_page_and_order_of_arguments(client: FlaskClient) -> None:
    one = read(client, "/feed.atom?topic=it&kind=article")
    other = feedparser.parse(
        client.get("/feed.atom?kind=article&topic=it&before=99", base_url="https://other.example").data
    )

    assert one.feed.id == other.feed.id == "urn:carnival:feed:kind=article&topic=it"
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
    assert read(client, "/feed.atom").feed.id == "urn:carnival:feed"


@pytest.mark.parametrize("before", ["", "x", "-1", "²", "9" * 400, "0", "1.5"])
def test_a_page_that_is_none_is_answered(client: FlaskClient, two: None, before: str) -> None:
    read(client, f"/feed.atom?before={before}")
    read(client, f"/feed.atom?before={before}&q=月球")


def test_the_feed_without_words_goes_on_while_search_rests(
    app: Flask, client: FlaskClient, two: None, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rests(_query: object) -> None:
        raise IndexDown("at rest")

    monkeypatch.setattr(index, "find", rests)

    assert [entry.title for entry in read(client, "/feed.atom?unit=unit-a").entries] == ["节水", "月球 <b>&过夜"]


def test_an_empty_feed_has_an_updated_that_does_not_move(client: FlaskClient) -> None:
    assert read(client, "/feed.atom").feed.updated == read(client, "/feed.atom").feed.updated


def test_a_busy_day_is_on_one_page() -> None:
    assert feed_view.PAGE >= 100
