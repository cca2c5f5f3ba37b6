"""web.public.item: the page of one public item."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.taxonomy import Taxonomy
from indexer.base.times import Published
from indexer.catalogue.items import Edition, Item, Media, MediaKind
from indexer.records import editions, items, related
from indexer.records.database import Database
from indexer.review.desk import take_down
from indexer.review.records import Move
from indexer.understanding.related.leads import lead_of
from indexer.understanding.related.score import Related
from indexer.understanding.results import Facet, Tag
from web.public.item import known_name, tag_links

TAGS = (
    Tag(facet=Facet.TOPIC, id="it", score=0.9),
    Tag(facet=Facet.FORM, id="lecture", score=0.8),
    Tag(facet=Facet.TOPIC, id="lost", score=0.7),
)


@pytest.fixture
def public(make_item: Callable[..., Item], move: Callable[..., None]) -> Callable[..., Item]:
    """Take in a piece and approve it."""

    def make(**fields: object) -> Item:
        item = make_item(**fields)
        move(item, Move.APPROVE)
        return item

    return make


def test_what_is_not_public_is_not_there(client: FlaskClient, make_item: Callable[..., Item]) -> None:
    assert client.get(f"/items/{make_item().id}").status_code == 404
    assert client.get("/items/nothing").status_code == 404


def test_the_page_shows_title_unit_and_the_way_to_the_source(client: FlaskClient, public: Callable[..., Item]) -> None:
    page = client.get(f"/items/{public().id}").text

    assert "<h1" in page
    assert "月球车如何过夜" in page
    assert "示例科技馆" in page
    assert "http://a.example/art/1.html" in page


def test_films_stay_with_their_player(client: FlaskClient, public: Callable[..., Item]) -> None:
    film = Media(kind=MediaKind.VIDEO, url="http://a.example/moon.mp4")

    assert "http://a.example/moon.mp4" in client.get(f"/items/{public(media=(film,)).id}").text


def test_tags_of_facets_that_search_has_lead_to_it(app: Flask, taxonomy: Taxonomy) -> None:
    with app.test_request_context("/"):
        links = tag_links(TAGS, taxonomy)

    assert [link.href for link in links] == ["/search?topic=it", "/search?form=lecture"]


def test_a_tag_that_the_taxonomy_lost_has_no_name(app: Flask, taxonomy: Taxonomy) -> None:
    with app.test_request_context("/?lang=en"):
        assert known_name(TAGS[2], taxonomy) is None
        assert known_name(TAGS[0], taxonomy)


@pytest.mark.parametrize(
    ("published", "is_named"),
    [
        (Published(at=datetime(2026, 9, 18, 15, 59, tzinfo=UTC)), True),
        (Published(at=datetime(2026, 9, 18, 16, 0, tzinfo=UTC)), False),
        (Published(at=datetime(2026, 9, 18, tzinfo=UTC), is_day=True), True),
        (None, False),
    ],
)
def test_the_edition_is_that_of_the_day_in_beijing(
    client: FlaskClient, database: Database, public: Callable[..., Item], published: Published | None, *, is_named: bool
) -> None:
    edition = Edition(id="e1", label="示例届次", theme="", starts=date(2026, 9, 18), ends=date(2026, 9, 18))
    with database.transaction() as tx:
        editions.save_edition(tx, edition)

    page = client.get(f"/items/{public(published=published).id}").text

    assert ("示例届次" in page) is is_named


def test_in_the_place_of_a_piece_whose_source_is_gone_stands_why_and_nothing_of_it(
    client: FlaskClient, database: Database, public: Callable[..., Item], work_off: Callable[[], None], now: datetime
) -> None:
    item = public(title="月球车如何过夜")
    with database.transaction() as tx:
        found = items.locked(tx, item.id)
        assert found is not None
        assert take_down(tx, found, why="来源网页已不存在", now=now)
    work_off()

    page, listed = client.get(f"/items/{item.id}"), client.get("/search").text
    answer = client.get(f"/api/items/{item.id}")

    assert (page.status_code, answer.status_code, json.loads(answer.text)["error"]["name"]) == (410, 410, "gone")
    assert "这篇内容已在来源处撤下" in page.text
    for shown in (page.text, answer.text, listed):
        assert "月球车" not in shown
        assert "http://a.example/art/1.html" not in shown


def test_what_an_editor_withdrew_is_as_unknown_as_what_never_was(
    client: FlaskClient, public: Callable[..., Item], move: Callable[..., None]
) -> None:
    item = public()
    move(item, Move.WITHDRAW)

    assert client.get(f"/items/{item.id}").status_code == 404


def test_what_is_of_the_same_event_is_named_as_related(
    client: FlaskClient, database: Database, public: Callable[..., Item]
) -> None:
    first, second = public(), public(url="http://a.example/art/2.html", title="玉兔又醒了")
    assert "相关内容" not in client.get(f"/items/{first.id}").text
    with database.transaction() as tx:
        pair = Related(item=second.id, other=first.id, score=0.9)
        related.replace(tx, second.id, [pair], lead=lead_of(second.id, ""), form=1)

    page = client.get(f"/items/{first.id}").text

    assert "相关内容" in page
    assert f"/items/{second.id}" in page
    assert "玉兔又醒了" in page
