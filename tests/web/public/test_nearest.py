"""What a reader meets whose search found nothing: the nearest pieces, and a way on that finds something."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.review.records import Move
from indexer.search.port import Found, IndexDown, Query, SearchIndex
from indexer.understanding.results import Facet, Tag
from tests.contract.test_search_index import HOSTILE
from tests.engines import ENGINES, empty_index
from web.public.nearest import is_narrowed
from web.shown.asked import read

IT, HAIDIAN = Tag(facet=Facet.TOPIC, id="it", score=0.9), Tag(facet=Facet.DISTRICT, id="haidian", score=1.0)
WAY = re.compile(r'<a class="chip" href="([^"]+)" rel="nofollow">([^<]+) <span class="count">(\d+)</span>')


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, settings: Settings) -> Iterator[SearchIndex]:
    """Both engines: the nearest come over the port."""
    with empty_index(request.param, settings.data_folder / "search") as made:
        yield made


@pytest.fixture
def pieces(make_item: Callable[..., Item], move: Callable[..., None]) -> list[Item]:
    made = [
        make_item(url="http://a.example/1.html", title="月球车如何过夜", text="月球的夜晚很长。", tags=(IT, HAIDIAN)),
        make_item(url="http://a.example/2.html", title="望远镜怎样磨成", text="镜面要磨很久。", tags=(IT,)),
    ]
    for item in made:
        move(item, Move.APPROVE)
    return made


def ways(page: str) -> dict[str, tuple[str, int]]:
    return {unescape(label): (unescape(href), int(count)) for href, label, count in WAY.findall(page)}


def test_a_search_without_one_of_its_filters_is_offered_with_its_count(client: FlaskClient, pieces: list[Item]) -> None:
    page = client.get("/search", query_string={"q": "望远镜", "district": "haidian", "topic": "it"}).text

    href, count = ways(page)["不限“海淀区”"]
    assert count == 1
    assert "找到 1 条" in client.get(href).text
    assert "不限“信息技术”" not in ways(page)
    assert f'href="/items/{pieces[1].id}"' in page


def test_a_search_on_any_day_is_offered(client: FlaskClient, pieces: list[Item]) -> None:
    page = client.get("/search", query_string={"q": "望远镜", "until": "2001-01-01"}).text

    href, count = ways(page)["不限日期"]
    assert count == 1
    assert "找到 1 条" in client.get(href).text


def test_the_words_that_are_found_alone_are_offered_and_their_pieces_shown(
    client: FlaskClient, pieces: list[Item]
) -> None:
    page = client.get("/search", query_string={"q": "望远镜 恐龙 芯片 疫苗 化石"}).text

    assert ways(page)["望远镜"] == ("/search?q=%E6%9C%9B%E8%BF%9C%E9%95%9C", 1)
    assert "恐龙" not in ways(page)
    assert f'href="/items/{pieces[1].id}"' in page
    assert "<mark>望远镜</mark>" in page


def test_a_word_with_a_wrong_character_leads_to_what_holds_most_of_it(client: FlaskClient, pieces: list[Item]) -> None:
    page = client.get("/search", query_string={"q": "望元镜"}).text

    assert f'href="/items/{pieces[1].id}"' in page


def test_where_nothing_is_near_the_newest_and_topics_with_pieces_are_offered(
    client: FlaskClient, pieces: list[Item]
) -> None:
    page = client.get("/search", query_string={"q": "qqqq"}).text

    assert "最新内容" in page
    assert f'href="/items/{pieces[1].id}"' in page
    assert ways(page)["信息技术"] == ("/search?topic=it", 2)
    assert 'href="/search?order=newest"' in page


def test_an_empty_catalogue_is_answered(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "月球 望远镜", "topic": "it"})

    assert (page.status_code, ways(page.text)) == (200, {})


def test_pieces_that_hold_only_most_of_the_words_are_said_to(client: FlaskClient, pieces: list[Item]) -> None:
    most = client.get("/search", query_string={"q": "望远镜 磨成 恐龙"}).text
    every = client.get("/search", query_string={"q": "望远镜 磨成"}).text

    assert f'href="/items/{pieces[1].id}"' in most
    assert "没有内容同时含有全部词语" in most
    assert "没有内容同时含有全部词语" not in every


def test_behind_the_few_that_hold_a_whole_question_the_nearest_are_said_to_be_so(
    client: FlaskClient, pieces: list[Item], make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    move(make_item(url="http://a.example/3.html", title="月球车过夜靠什么保温", text="靠热源。"), Move.APPROVE)

    page, api = (client.get(path, query_string={"q": "月球车怎样过夜保温"}) for path in ("/search", "/api/items"))

    assert "找到 2 条" in page.text
    assert "以下内容中有 1 条含有全部词语，其余含有其中的大部分" in page.text
    assert (api.get_json()["total"], api.get_json()["near"]) == (2, 1)


def test_a_page_behind_the_last_leads_back_to_the_first(client: FlaskClient, pieces: list[Item]) -> None:
    page = client.get("/search?q=望远镜&page=40").text

    assert "列表没有这么多页" in page
    assert 'href="/search?q=%E6%9C%9B%E8%BF%9C%E9%95%9C"' in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_finds_nothing_is_answered(client: FlaskClient, pieces: list[Item], text: str) -> None:
    args = {"q": text.encode("utf-8", "replace").decode(), "topic": text[:50].encode("utf-8", "replace").decode()}

    # A NUL is in no text that the records could hold: the check before every view says so.
    assert client.get("/search", query_string=args).status_code == (400 if "\0" in text else 200)


@pytest.fixture
def asked(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every query that reaches the engine."""
    queries: list[object] = []
    find = index.find

    def noted(query: object) -> object:
        queries.append(query)
        return find(query)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "find", noted)
    return queries


def test_a_long_question_with_every_filter_asks_a_bounded_number_of_times(
    client: FlaskClient, pieces: list[Item], asked: list[object]
) -> None:
    filters = "".join(f"&{name}=x{n}" for name in ("topic", "audience", "district", "unit", "kind") for n in range(30))

    client.get("/search?q=" + "恐龙 芯片 疫苗 化石 湿地 古树 候鸟 燃气 地震" + filters + "&since=2001-01-01")

    assert len(asked) <= 16


@pytest.mark.parametrize(
    ("address", "narrowed"),
    [("/search", False), ("/search?q=水", False), ("/search?topic=it", True), ("/search?since=2026-09-17", True)],
)
def test_a_search_is_narrowed_by_filters_and_days_and_not_by_words(app: Flask, address: str, narrowed: bool) -> None:
    with app.test_request_context(address) as context:
        assert is_narrowed(read(context.request.args)) is narrowed


def test_where_search_rests_meanwhile_the_page_says_that_nothing_was_found_and_no_more(
    client: FlaskClient, pieces: list[Item], index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [index.find(Query(text="嘎嘎嘎"))]

    def find(_: Query) -> Found:
        if not answers:
            raise IndexDown("down")
        return answers.pop()

    monkeypatch.setattr(index, "find", find)
    answer = client.get("/search?q=嘎嘎嘎")

    assert answer.status_code == 200
    assert "找到 0 条" in answer.text
    assert "最近的内容" not in answer.text
