"""The form of an item's tags, who corrected them, and when and where its event is."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.understanding.results import Facet, Tag
from web.review.tags import facets_of


def test_every_tag_of_the_taxonomy_has_a_box_and_those_that_the_item_has_are_ticked(app: Flask) -> None:
    tags = [
        Tag(facet=Facet.TOPIC, id="it", score=0.7),
        Tag(facet=Facet.TOPIC, id="lost", score=0.6),
        Tag(facet=Facet.DISTRICT, id="haidian", score=1.0, by="编辑甲"),
    ]
    with app.test_request_context("/"):
        form = facets_of(tags)

    boxes = {box.value: box for group in form.groups.values() for box in group}
    assert form.seen.split() == ["district:haidian", "topic:it", "topic:lost"]
    assert {value for value, box in boxes.items() if box.score is not None} == set(form.seen.split())
    assert [value for value, box in boxes.items() if box.by_person] == ["district:haidian"]
    assert {"topic:health", "audience:youth", "action:jingjinji", "form:lecture"} <= boxes.keys()


def test_the_page_says_what_was_corrected_and_by_whom(desk_client: FlaskClient, make_item: Callable[..., Item]) -> None:
    item = make_item(tags=(Tag(facet=Facet.TOPIC, id="it", score=0.7),))
    desk_client.post(f"/review/items/{item.id}/tags", data={"version": 1, "seen": "topic:it", "tag": "topic:health"})

    page = desk_client.get(f"/review/items/{item.id}").text

    assert "+ <span>卫生健康</span> − <span>信息技术</span>" in page
    assert '<input type="checkbox" name="tag" value="topic:health" checked>' in page
    assert '<input type="checkbox" name="tag" value="topic:it">' in page


def test_time_and_place_are_shown_with_the_words_that_say_them(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    item = make_item(text="时间：9月20日上午9点。地点：示例馆一层。")

    page = desk_client.get(f"/review/items/{item.id}").text

    assert "<q>9月20日上午9点</q>" in page
    assert "<q>示例馆一层</q>" in page
