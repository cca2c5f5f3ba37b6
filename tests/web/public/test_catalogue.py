"""First page, search, units, item: what a reader sees."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import Item, ItemKind, Media, MediaKind
from indexer.people.accounts import User
from indexer.records import clusters
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.results import Facet, Tag
from web.public.catalogue import HOME_CARDS

MOON = {
    "url": "http://a.example/1.html",
    "title": "月球车如何过夜",
    "text": "月球的夜晚很长。" + "<script>alert(1)</script>",
    "html": "<p>月球的夜晚很长。</p>",
    "published": Published(at=datetime(2026, 9, 16, 9, tzinfo=BEIJING)),
    "media": (Media(kind=MediaKind.IMAGE, url="http://a.example/moon.jpg"),),
}
WATER = {
    "url": "http://a.example/2.html",
    "title": "家里的节水办法",
    "text": "量一量水龙头。",
    "published": Published(at=datetime(2026, 9, 10, tzinfo=BEIJING), is_day=True),
    "kind": ItemKind.VIDEO,
    "media": (Media(kind=MediaKind.VIDEO, url="http://a.example/water.mp4"),),
}
IT, SAVING = Tag(facet=Facet.TOPIC, id="it", score=0.9), Tag(facet=Facet.TOPIC, id="water-saving", score=0.9)


@pytest.fixture
def moon(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item(tags=(IT, Tag(facet=Facet.DISTRICT, id="haidian", score=1.0)), **MOON)
    move(item, Move.APPROVE)
    return item


@pytest.fixture
def water(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item(tags=(SAVING,), **WATER)
    move(item, Move.APPROVE)
    return item


@pytest.mark.usefixtures("moon", "water")
@pytest.mark.parametrize("path", ["/", "/search", "/search?order=newest", "/units/unit-a", "/feed.atom", "/api/items"])
def test_the_latest_published_here_comes_first_though_its_source_gives_an_older_day(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    page = answer.text if answer.mimetype != "application/json" else str(answer.get_json())

    assert page.index("家里的节水办法") < page.index("月球车如何过夜")


@pytest.mark.usefixtures("moon")
def test_the_tile_of_a_district_counts_its_items_and_leads_to_them(client: FlaskClient) -> None:
    page = client.get("/").text

    assert '<a href="/search?district=haidian"><b>海淀</b>1' in page


@pytest.mark.usefixtures("moon", "water")
@pytest.mark.parametrize(
    ("query", "found", "missed"),
    [
        ("q=" + quote("月球"), "过夜", "节水办法"),
        ("topic=water-saving", "节水办法", "过夜"),
        ("kind=video", "节水办法", "过夜"),
        ("since=2026-09-15", "过夜", "节水办法"),
        ("until=2026-09-10", "节水办法", "过夜"),
        ("district=haidian&unit=unit-a", "过夜", "节水办法"),
    ],
)
def test_search_narrows_by_words_and_filters(client: FlaskClient, query: str, found: str, missed: str) -> None:
    page = client.get(f"/search?{query}").text

    assert "找到 1 条" in page
    assert found in page
    assert missed not in page


@pytest.mark.usefixtures("moon")
def test_what_was_searched_for_is_marked_and_nothing_else_is_html(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "月球 <script>"}).text

    assert "<mark>月球</mark>" in client.get("/search", query_string={"q": "月球"}).text
    assert "<script>" not in page


@pytest.mark.usefixtures("moon", "water")
def test_a_filter_that_is_on_leads_to_the_search_without_it(client: FlaskClient) -> None:
    page = client.get("/search?topic=it&topic=water-saving").text

    assert 'href="/search?topic=water-saving" rel="nofollow" class="on"' in page


def test_a_day_that_is_none_is_named_and_left_out(client: FlaskClient) -> None:
    page = client.get("/search?since=yesterday").text

    assert "“yesterday”不是日期，请写成 2026-09-17 的形式。" in page


@pytest.mark.parametrize(
    "path", ["/search?page=0", "/search?page=-3", "/search?page=x", "/search?page=99999999", "/?page=²"]
)
def test_a_page_number_that_is_none_breaks_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_no_picture_is_asked_of_its_source_by_a_reader(client: FlaskClient, moon: Item) -> None:
    pages = [client.get(path).text for path in ("/", "/search", f"/items/{moon.id}")]

    assert [page for page in pages if 'src="http' in page or "moon.jpg" in page] == []


def test_the_item_page_shows_body_unit_day_tags_and_source(client: FlaskClient, moon: Item) -> None:
    page = client.get(f"/items/{moon.id}").text

    assert "<p>月球的夜晚很长。</p>" in page
    assert '<a href="/units/unit-a">示例科技馆</a>' in page
    assert "2026年9月16日" in page
    assert '<a class="chip" href="/search?topic=it">信息技术</a>' in page
    assert 'href="http://a.example/1.html"' in page


def test_a_video_is_watched_at_its_source(client: FlaskClient, water: Item) -> None:
    page = client.get(f"/items/{water.id}").text

    assert 'class="stage" href="http://a.example/' in page
    assert "点击后将连接 a.example" in page


def test_the_same_piece_of_two_items_is_listed_once_and_credits_both(
    client: FlaskClient, database: Database, moon: Item, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    copy = make_item(url="http://a.example/3.html", title="转载：月球车如何过夜", text="月球的夜晚很长。")
    with database.transaction() as tx:
        clusters.move(tx, copy.id, moon.cluster)
    move(copy, Move.APPROVE)

    listed = client.get("/search", query_string={"q": "月球"}).text

    assert "找到 1 条" in listed
    assert "同源 2 家" in listed
    assert f'href="/items/{copy.id}"' in client.get(f"/items/{moon.id}").text


@pytest.mark.usefixtures("moon")
def test_a_unit_has_a_page_with_its_public_items(client: FlaskClient) -> None:
    page = client.get("/units/unit-a").text

    assert "月球车如何过夜" in page
    assert "海淀区" in page


@pytest.mark.usefixtures("channel")
def test_units_are_listed_by_their_group(client: FlaskClient) -> None:
    page = client.get("/units").text

    assert page.index("科技馆之城") < page.index("示例科技馆")


def test_large_type_is_kept_in_a_cookie(client: FlaskClient) -> None:
    client.get("/?type=large")

    assert 'class="large"' in client.get("/units").text


def test_english_is_kept_in_a_cookie(client: FlaskClient) -> None:
    client.get("/?lang=en")

    assert "Whitelist look-up" in client.get("/units").text


@pytest.mark.usefixtures("moon")
def test_the_switches_keep_the_search(client: FlaskClient) -> None:
    assert 'href="/search?q=%E6%9C%88%E7%90%83&amp;type=large"' in client.get("/search?q=月球").text


def test_the_first_page_shows_so_many_pieces_and_no_more(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    for number in range(HOME_CARDS + 1):
        move(
            make_item(url=f"http://a.example/{number}.html", title=f"第{number}篇。", text=f"正文{number}"),
            Move.APPROVE,
        )

    page = client.get("/").text

    assert [number for number in range(HOME_CARDS + 1) if f"第{number}篇。" not in page] == [0]


def test_a_withdrawn_piece_leaves_totals_and_filters_before_the_index_follows(
    client: FlaskClient, moon: Item, water: Item, editor: User, move_on: Callable[..., Decision]
) -> None:
    move_on(moon, Move.WITHDRAW, who=editor)

    search, home = client.get("/search").text, client.get("/").text
    api = client.get("/api/items").get_json()

    assert "找到 1 条" in search
    assert "topic=it" not in search
    assert "district=haidian" not in home
    assert (api["total"], api["facets"]["topics"]) == (1, {"water-saving": 1})
