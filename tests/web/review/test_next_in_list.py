"""Who opens an item from a filtered list stays in that list, from item to item and after each decision."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from config.words import Severity
from indexer.catalogue.items import Item
from indexer.review.records import Decision, Move
from indexer.understanding.results import Facet, Finding, Tag

FORM = {"version": 1, "state": "pending", "move": "hold", "words": "等单位回复"}
TAG = Tag(facet=Facet.TOPIC, id="health", score=0.8)
LOUD = Finding(
    rule="words.cure", rule_version=3, severity=Severity.HIGH, where="text", start=3, end=5, excerpt="", message="核对"
)


@pytest.fixture
def made(make_item: Callable[..., Item]) -> list[Item]:
    """Of these the first and the last are of a topic, and the two last have a finding."""
    return [
        make_item(
            url=f"http://a.example/{number}.html",
            title=f"第{number}篇",
            tags=(TAG,) if number in (0, 3) else (),
            findings=(LOUD,) if number in (2, 3) else (),
        )
        for number in range(4)
    ]


@pytest.mark.parametrize(
    ("query", "at", "following"),
    [
        ("", 0, 1),
        ("", 3, 0),
        ("topic=health", 0, 3),
        ("topic=health", 3, 0),
        ("severity=high", 2, 3),
        ("order=findings", 3, 0),
        ("order=findings", 2, 3),
        ("unit=unit-a&topic=health&order=findings", 3, 0),
    ],
)
def test_the_next_item_is_the_next_of_the_list_that_the_item_was_opened_from(
    desk_client: FlaskClient, made: list[Item], query: str, at: int, following: int
) -> None:
    end = f"?{query}" if query else ""
    page = desk_client.get(f"/review/{end}").text
    assert f'href="/review/items/{made[at].id}{end.replace("&", "&amp;")}"' in page

    item = desk_client.get(f"/review/items/{made[at].id}{end}").text
    [link] = re.findall(r'href="([^"]+)" data-key="j"', item)
    answer = desk_client.post(f"/review/items/{made[at].id}/decide{end}", data=FORM)

    assert link.replace("&amp;", "&") == answer.location == f"/review/items/{made[following].id}{end}"


def test_the_forms_of_an_item_and_the_way_back_keep_the_list(desk_client: FlaskClient, made: list[Item]) -> None:
    desk_client.post(f"/review/items/{made[0].id}/decide?topic=health", data=FORM)

    page = desk_client.get(f"/review/items/{made[3].id}?topic=health&page=2&lang=zh").text

    assert f'action="/review/items/{made[3].id}/decide?topic=health"' in page
    assert f'action="/review/items/{made[0].id}/undo?topic=health"' in page
    assert 'href="/review/?topic=health" data-key="k"' in page


def test_the_last_of_a_list_leads_back_to_the_list(
    desk_client: FlaskClient, made: list[Item], move: Callable[..., Decision]
) -> None:
    move(made[0], Move.HOLD)

    answer = desk_client.post(f"/review/items/{made[3].id}/decide?topic=health", data=FORM)

    assert answer.location == "/review/?topic=health"


def test_a_refused_move_keeps_the_list(desk_client: FlaskClient, made: list[Item]) -> None:
    answer = desk_client.post(f"/review/items/{made[0].id}/decide?topic=health", data=FORM | {"words": ""})

    assert answer.status_code == 409
    assert f'action="/review/items/{made[0].id}/decide?topic=health"' in answer.text


@pytest.mark.parametrize("query", ["unit=" + "9" * 999, "severity=x&state=x&order=x"])
def test_an_address_of_nonsense_lists_nothing_or_everything(
    desk_client: FlaskClient, made: list[Item], query: str
) -> None:
    assert desk_client.get(f"/review/?{query}").status_code == 200
    assert desk_client.get(f"/review/items/{made[0].id}?{query}").status_code == 200
