"""What is suggested while a search is typed: to the script as JSON, to everyone else as a page."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.base.times import now
from indexer.catalogue.items import Item
from indexer.review.records import Move
from indexer.search.help import gathering
from indexer.search.help.popular import LEAST_TIMES
from web.app.site import EXTENSION, Site
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


@pytest.fixture
def popular(app: Flask, client: FlaskClient, piece: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many searched: for words of the piece, for what stands nowhere, within filters, and on further pages."""
    parts: Site = app.extensions[EXTENSION]
    for _ in range(LEAST_TIMES):
        for address in (
            "q=银杏",
            "q=13800000000",
            "q=变黄&kind=article",
            "q=什么时候&page=2",
            'q="银杏什么"',
            "q=银杏 无此",
        ):
            client.get(f"/search?{address}")
    parts.tally.write(now())
    monkeypatch.setattr(gathering, "OLD", timedelta(0))
    parts.help.help()
    for thread in threading.enumerate():
        if thread.name == gathering.THREAD:
            thread.join()


@pytest.mark.usefixtures("popular")
def test_what_many_search_for_is_suggested_and_nothing_that_the_site_does_not_hold(client: FlaskClient) -> None:
    shown = {"text": "银杏", "kind": "popular", "label": "大家常搜", "href": "/search?q=%E9%93%B6%E6%9D%8F"}

    assert suggestions(client, "") == [shown]
    assert shown in suggestions(client, "银")
    assert "银杏" in client.get("/suggest").text
    assert 'href="/search?q=%E9%93%B6%E6%9D%8F"' in client.get("/").text


@pytest.mark.usefixtures("popular")
def test_what_was_typed_whole_already_is_no_suggestion(client: FlaskClient) -> None:
    assert "popular" not in {one["kind"] for one in suggestions(client, "银杏")}


def test_what_was_popular_and_stands_nowhere_any_more_is_not_told(
    app: Flask,
    client: FlaskClient,
    popular: None,
    piece: Item,
    move: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "PAUSE", timedelta(0))
    move(piece, Move.WITHDRAW)
    suggestions(client, "银")
    for thread in threading.enumerate():
        if thread.name == gathering.THREAD:
            thread.join()

    assert suggestions(client, "") == []
