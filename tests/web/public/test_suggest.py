"""What is suggested while a search is typed: to the script as JSON, to everyone else as a page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.review.records import Move
from web.public import suggest

JSON = {"Accept": "application/json"}


@pytest.fixture
def piece(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item(url="http://a.example/1.html", title="银杏什么时候变黄", text="秋天的银杏。")
    move(item, Move.APPROVE)
    return item


def suggestions(client: FlaskClient, typed: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = client.get("/suggest", query_string={"q": typed}, headers=JSON).get_json()[
        "suggestions"
    ]
    return told


def test_a_title_is_suggested_by_its_beginning_its_pinyin_and_with_an_error(client: FlaskClient, piece: Item) -> None:
    told = [suggestions(client, typed) for typed in ("银杏", "yinx", "银杳", "yxsmsh")]

    shown = {"text": "银杏什么时候变黄", "kind": "title", "label": "内容", "href": f"/items/{piece.id}"}
    assert [shown in ones for ones in told] == [True] * 4


def test_topics_and_units_lead_to_their_pages(client: FlaskClient, piece: Item) -> None:
    units, topics = suggestions(client, "示例"), suggestions(client, "信息jishu")

    assert {one["href"] for one in units} == {f"/units/{piece.unit}"}
    assert "/search?topic=it" in {one["href"] for one in topics}


def test_without_script_it_is_a_page_of_links(client: FlaskClient, piece: Item) -> None:
    answer = client.get("/suggest", query_string={"q": "银杏"}, headers={"Accept": "text/html"})

    assert f'href="/items/{piece.id}"' in answer.text
    assert "Accept" in answer.headers["Vary"]
    assert "目前没有以此开头的内容" in client.get("/suggest").text


def test_a_title_that_was_withdrawn_is_suggested_no_longer(
    client: FlaskClient, piece: Item, move: Callable[..., None]
) -> None:
    before = suggestions(client, "银杏")
    move(piece, Move.WITHDRAW)

    after = suggestions(client, "银杏")

    assert "title" in {one["kind"] for one in before}
    assert "title" not in {one["kind"] for one in after}


def test_whatever_is_typed_gets_an_answer(client: FlaskClient, piece: Item) -> None:
    typed = ("", "，。！", "\u200b\u202e", "<script>", "%", "a" * 3000, "的" * 3000)

    assert [suggestions(client, one) for one in typed] == [[]] * len(typed)


def test_its_address_leads_here(client: FlaskClient) -> None:
    assert client.application.view_functions["public.suggest"] is suggest.suggest
