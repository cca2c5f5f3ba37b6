"""What is shown while search rests: everything that the records know, and that words have to wait."""

from collections.abc import Callable
from urllib.parse import quote

import feedparser
import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item, ItemKind
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.search.port import Found, IndexDown, Query, SearchIndex
from indexer.understanding.results import Facet, Tag
from web.shown.resting import find_or_rest, newest_of

CALM, NO_WORDS = "搜索服务暂时休息，最新内容照常在这里显示。", "现在不能按词查找"


@pytest.fixture
def two(make_item: Callable[..., Item], move: Callable[..., None]) -> tuple[Item, Item]:
    """A public article of a topic and a public video of none, and a third piece that waits."""
    tag = Tag(facet=Facet.TOPIC, id="it", score=0.9)
    article = make_item(url="http://a.example/1.html", title="月球车如何过夜", tags=(tag,))
    video = make_item(url="http://a.example/2.html", title="家里的节水办法", kind=ItemKind.VIDEO, text="量一量。")
    for item in (article, video):
        move(item, Move.APPROVE)
    make_item(url="http://a.example/3.html", title="还在等待")
    return article, video


@pytest.fixture(autouse=True)
def _at_rest(two: object, index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(_query: Query) -> Found:
        raise IndexDown("at rest")

    monkeypatch.setattr(index, "find", find)


def test_the_first_page_shows_what_is_newest_and_says_that_search_rests(client: FlaskClient) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert CALM in answer.text
    assert answer.text.index("家里的节水办法") < answer.text.index("月球车如何过夜")
    assert "还在等待" not in answer.text


def test_units_items_and_feeds_go_on(client: FlaskClient, two: tuple[Item, Item]) -> None:
    pages = [client.get(path) for path in ("/units", "/units/unit-a", f"/items/{two[0].id}", "/feed.atom?kind=video")]

    assert [page.status_code for page in pages] == [200] * 4
    assert [entry.title for entry in feedparser.parse(pages[-1].data).entries] == ["家里的节水办法"]


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("?topic=it", "月球车如何过夜", "家里的节水办法"), ("?kind=video", "家里的节水办法", "月球车如何过夜")],
)
def test_a_search_without_words_is_answered_from_the_records_with_filters_that_lead_on(
    client: FlaskClient, query: str, shown: str, hidden: str
) -> None:
    answer = client.get(f"/search{query}")

    assert answer.status_code == 200
    assert NO_WORDS in answer.text
    assert shown in answer.text
    assert hidden not in answer.text
    assert "audience=youth" in answer.text
    assert 'class="count"' not in answer.text


def test_a_search_for_words_is_told_to_come_back_and_shows_the_newest_pieces(client: FlaskClient) -> None:
    answer = client.get(f"/search?q={quote('节水')}")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert NO_WORDS in answer.text
    assert "月球车如何过夜" in answer.text


def test_a_page_beyond_the_last_is_answered(client: FlaskClient) -> None:
    answer = client.get("/search?topic=it&page=9")

    assert answer.status_code == 200
    assert "月球车如何过夜" not in answer.text


def test_the_interface_lists_without_words_and_says_that_nothing_was_counted(client: FlaskClient) -> None:
    answer = client.get("/api/items?kind=video").get_json()

    assert [item["title"] for item in answer["items"]] == ["家里的节水办法"]
    assert (answer["search_rests"], answer["total"], answer["facets"]) == (True, None, {})
    assert client.get(f"/api/items?q={quote('节水')}").status_code == 503


def test_pages_of_what_is_newest_follow_each_other_to_an_end(database: Database, two: tuple[Item, Item]) -> None:
    article, video = two

    with database.reading() as tx:
        pages = [newest_of(tx, Query(text="节水", limit=1, offset=offset)) for offset in range(3)]

    assert pages == [([video.id], True), ([article.id], False), ([], False)]


def test_only_words_need_the_engine(index: SearchIndex) -> None:
    assert find_or_rest(index, Query()) is None
    with pytest.raises(IndexDown):
        find_or_rest(index, Query(text="节水"))
