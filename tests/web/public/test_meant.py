"""What a search may have meant: shown in its place where it finds nothing, offered where it finds little."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.review.records import Move
from indexer.search.help.answering import FEW, Answer, Meant
from indexer.search.help.rewriting import Why
from indexer.search.port import Found, SearchIndex
from indexer.understanding.results import Facet, Tag
from tests.engines import ENGINES, empty_index
from web.public.meant import linked
from web.shown.asked import read

IT = Tag(facet=Facet.TOPIC, id="it", score=0.9)
TITLES = ("银杏什么时候变黄", "食品安全进社区", "太空里怎样过节", "银杏果为什么臭")


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, settings: Settings) -> Iterator[SearchIndex]:
    """Both engines: the corrections are looked for over the port."""
    with empty_index(request.param, settings.data_folder / "search") as made:
        yield made


@pytest.fixture(autouse=True)
def pieces(make_item: Callable[..., Item], move: Callable[..., None]) -> list[Item]:
    made = [
        make_item(url=f"http://a.example/{number}.html", title=title, text=f"{title}。", tags=(IT,))
        for number, title in enumerate(TITLES)
    ]
    for item in made:
        move(item, Move.APPROVE)
    return made


def linked_to(shown: str) -> list[dict[str, list[str]]]:
    """What the other searches ask, which are offered on a page."""
    part = shown.partition('<p class="meant">')[2].partition("</p>")[0]
    return [parse_qs(urlsplit(one).query) for one in re.findall('href="([^"]+)"', part)]


def page(client: FlaskClient, **asked: str) -> str:
    return unescape(client.get("/search", query_string=asked).text)


def test_what_was_meant_is_shown_where_nothing_is_found_and_filters_stay(client: FlaskClient) -> None:
    shown = page(client, q="银杳", topic="it")

    assert "没有找到“银杳”，以下是“银杏”的结果。" in shown
    assert "找到 2 条" in shown
    assert "<mark>银杏</mark>" in shown
    assert 'value="银杳"' in shown
    assert "以下是" not in page(client, q="银杳", topic="health")


def test_pinyin_initials_and_both_among_characters_are_meant(client: FlaskClient) -> None:
    typed = ("spaq", "食品anquan", "shi pin an quan")

    assert ["以下是“食品安全”的结果" in page(client, q=one) for one in typed] == [True] * 3


def test_another_word_for_the_same_is_offered_and_not_put_in_its_place(client: FlaskClient) -> None:
    shown = page(client, q="宇航", topic="it")

    assert linked_to(shown) == [{"q": ["太空"], "topic": ["it"]}]
    assert "以下是" not in shown
    assert "您是不是想找：" in shown
    assert "找到 0 条" in shown


def test_without_anything_meant_a_search_is_taken_at_its_word_or_offered_the_nearest(client: FlaskClient) -> None:
    shown = page(client, q="恐龙化石")

    assert "您是不是想找" not in page(client, q="银杏") + page(client)
    assert "以下是“" not in shown
    assert "最新内容" in shown


def test_with_enough_hits_a_search_is_taken_at_its_word(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    """银杳 is what some write for 银杏: with as many pieces as FEW that hold it, it is no slip."""
    shown = []
    for number in range(FEW):
        url, title, text = f"http://a.example/as-typed-{number}.html", f"秋天的第{number}篇", "秋天里银杳满地。"
        move(make_item(url=url, title=title, text=text, tags=(IT,)), Move.APPROVE)
        shown.append(page(client, q="银杳"))

    assert [f"找到 {number} 条" in one for number, one in enumerate(shown, start=1)] == [True] * FEW
    assert ["您是不是想找" in one for one in shown] == [True, False, False]


def test_another_search_keeps_the_filters_that_were_chosen(client: FlaskClient) -> None:
    with client.application.test_request_context("/search?q=宇航&topic=it&topic=health"):
        asked = read(request.args)
        meant = [Meant(text="太空", why=Why.SYNONYM, count=7)]
        [one] = linked(Answer(found=Found(hits=(), total=0), query=asked.query, meant=meant), asked)

    assert (one.text, one.count) == ("太空", 7)
    assert parse_qs(urlsplit(one.href).query) == {"q": ["太空"], "topic": ["it", "health"]}


def test_another_search_keeps_the_days_and_the_order_that_its_count_was_told_for(app: Flask) -> None:
    with app.test_request_context("/search?q=银杳&topic=it&since=2026-09-01&until=2026-09-20&order=newest"):
        answered = Answer(found=Found(hits=(), total=0), query=read(request.args).query)
        answered = replace(answered, meant=[Meant(text="银杏", why=Why.MISTYPED, count=2)])
        [one] = linked(answered, read(request.args))

    assert parse_qs(urlsplit(one.href).query) == {
        "q": ["银杏"], "topic": ["it"], "since": ["2026-09-01"], "until": ["2026-09-20"], "order": ["newest"],
    }  # fmt: skip
