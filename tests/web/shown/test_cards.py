"""web.shown.cards: what a list shows of a public item, however far the index lags."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from config.settings import Settings
from config.taxonomy import Taxonomy
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.search.port import Hit, Query
from indexer.understanding.results import Facet, Tag
from tests.web.kept import keep, picture
from web.shown.cards import EXCERPT_CHARS, Card, cards_of_hits, cards_of_items, excerpt, names

TAGS = (
    Tag(facet=Facet.TOPIC, id="it", score=0.9),
    Tag(facet=Facet.TOPIC, id="lost", score=0.8),
    Tag(facet=Facet.AUDIENCE, id="youth", score=0.7),
)
MEDIA = (
    Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4"),
    Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg"),
    Media(kind=MediaKind.IMAGE, url="http://a.example/2.jpg"),
)


@pytest.fixture
def item(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    made = make_item(tags=TAGS, media=MEDIA)
    move(made, Move.APPROVE)
    return made


@pytest.fixture
def cards(app: Flask, database: Database, taxonomy: Taxonomy, item: Item) -> Callable[..., list[Card]]:
    """The cards of a hit of that item, with these fields."""

    def of(version: int) -> list[Card]:
        hit = Hit(
            item=item.id,
            version=version,
            score=1.0,
            publication=1,
            title="月球车",
            title_spans=((0, 2),),
            excerpt="月球的夜晚",
            excerpt_spans=(),
        )
        with app.test_request_context("/"), database.reading() as tx:
            return cards_of_hits(tx, [hit], Query(text="月球"), taxonomy)

    return of


def test_a_card_has_the_first_picture_and_the_topics_that_the_taxonomy_knows(
    app: Flask, settings: Settings, database: Database, taxonomy: Taxonomy, item: Item, now: datetime
) -> None:
    with app.test_request_context("/"), database.reading() as tx:
        (card,) = cards_of_items(tx, [item.id], taxonomy)

    assert card.picture is None  # not fetched yet
    keep(settings, database, item.id, {0: picture(), 1: picture()}, now=now)
    with app.test_request_context("/"), database.reading() as tx:
        (card,) = cards_of_items(tx, [item.id], taxonomy)
    assert picture().hash in (card.picture or "")
    assert [name.id for name in card.topics] == ["it"]
    assert (card.unit.short_name, card.credits) == ("示例馆", 1)
    assert (card.title, card.href) == ("月球车如何过夜", f"/items/{item.id}")


def test_highlights_are_shown_for_the_version_that_is_public(cards: Callable[..., list[Card]]) -> None:
    (card,) = cards(1)

    assert card.title == "<mark>月球</mark>车"


def test_a_hit_of_a_newer_version_than_the_public_one_is_no_card(cards: Callable[..., list[Card]]) -> None:
    assert cards(2) == []


def test_an_item_that_is_not_public_is_no_card(
    app: Flask, database: Database, taxonomy: Taxonomy, make_item: Callable[..., Item]
) -> None:
    waiting = make_item()

    with app.test_request_context("/"), database.reading() as tx:
        assert cards_of_items(tx, [waiting.id], taxonomy) == []


def test_names_of_one_facet_come_best_first(app: Flask, taxonomy: Taxonomy) -> None:
    with app.test_request_context("/"):
        assert [name.id for name in names(TAGS, Facet.AUDIENCE, taxonomy.audiences)] == ["youth"]


def test_an_excerpt_is_one_line_and_says_where_it_is_cut() -> None:
    assert excerpt(" a\n b ") == "a b"
    assert excerpt("x" * (EXCERPT_CHARS + 1)) == "x" * EXCERPT_CHARS + "…"
