"""Each tag of an item stands beside why it is said: words and a sentence of the piece, its unit's seat, a person."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.records.database import Database
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.port import Why
from indexer.understanding.whereabouts.reading import Whereabouts
from indexer.understanding.whereabouts.where import Where
from tests.understood import TOLD, WORD, keep_vector
from web.review.tag_reasons import TagView, label, views

HEALTH = Tag(facet=Facet.TOPIC, id="health", score=0.9)
NOWHERE = Whereabouts(districts=(), sites=(), times=())


@pytest.fixture
def view(app: Flask) -> Callable[..., TagView]:
    def of(tag: Tag, reasons: Mapping[tuple[Facet, str], Why] | None = None, read: Whereabouts = NOWHERE) -> TagView:
        with app.test_request_context("/"):
            [found] = views([tag], reasons or {}, read)
        return found

    return of


def test_a_tag_that_the_taxonomy_lost_is_named_by_its_id(app: Flask) -> None:
    with app.test_request_context("/"):
        assert label(Tag(facet=Facet.TOPIC, id="lost", score=0.5)) == "lost"
        assert label(HEALTH) == "卫生健康"


def test_words_and_sentence_are_those_of_the_tagger(view: Callable[..., TagView]) -> None:
    found = view(HEALTH, {(Facet.TOPIC, "health"): Why("量血压要坐五分钟。", ("血压",))})

    assert (found.words, found.sentence, found.by_whole) == (("血压",), "量血压要坐五分钟。", False)


def test_a_tag_that_no_word_says_is_by_the_whole(view: Callable[..., TagView]) -> None:
    assert view(HEALTH, {(Facet.TOPIC, "health"): Why()}).by_whole


def test_nothing_is_made_up_where_the_tagger_does_not_say_the_tag_now(view: Callable[..., TagView]) -> None:
    assert not view(HEALTH).has_reason


def test_what_a_person_set_needs_no_word(view: Callable[..., TagView]) -> None:
    found = view(Tag(facet=Facet.TOPIC, id="health", score=1.0, by="编辑甲"), {(Facet.TOPIC, "health"): Why("血压。")})

    assert found.by_person
    assert not found.sentence


def test_a_district_is_told_by_the_place_or_by_the_seat(view: Callable[..., TagView]) -> None:
    tag = Tag(facet=Facet.DISTRICT, id="haidian", score=0.5)
    place = Where(district="haidian", confidence=0.9, words="中关村", start=0, end=3, in_title=True)

    assert view(tag).by_seat
    assert view(tag, read=Whereabouts(districts=(place,), sites=(), times=())).words == ("中关村",)


def test_the_page_says_why(desk_client: FlaskClient, make_item: Callable[..., Item], database: Database) -> None:
    item = make_item(title=TOLD["title"], text=TOLD["text"])
    keep_vector(database, item, tags=(HEALTH, Tag(facet=Facet.DISTRICT, id="haidian", score=0.5)))

    [_, after] = desk_client.get(f"/review/items/{item.id}").text.split('id="tags-h"')

    told = after[: after.index("</section>")]
    assert WORD in told[: told.index("<details")]
    assert "<q>" in told
    assert "单位所在地" in told
