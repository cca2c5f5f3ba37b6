"""web.shown.worded: filters that are typed among the words."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from indexer.base.ids import UnitId
from indexer.catalogue.facets import FACETS, FilterFacet
from indexer.catalogue.items import Item
from indexer.records import channels
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.records import Unit
from web.shown.asked import VALUES
from web.shown.worded import NAMED, WORDS, apart, worded

KNOWN = {"航天": ("space",), "医学": ("medicine",), "馆": ("u1", "u2"), "多": tuple(map(str, range(VALUES + 1)))}


def valued(_: FilterFacet, name: str) -> Sequence[str]:
    return KNOWN.get(name, ())


@pytest.mark.parametrize(
    ("typed", "rest", "chosen"),
    [
        ("领域:航天 夜", "夜", {"topic": ["space"]}),
        ("夜 主题：航天", "夜", {"topic": ["space"]}),
        ("Topic : 航天", "", {"topic": ["space"]}),
        ("领域:“航天” 领域:医学", "", {"topic": ["space", "medicine"]}),
        ("领域:航天、医学", "", {"topic": ["space", "medicine"]}),
        ("单位:馆 领域:航天 夜", "夜", {"unit": ["u1", "u2"], "topic": ["space"]}),
        ("领域:无 夜", "领域:无 夜", {}),
        ("领域:航天、无", "领域:航天、无", {}),
        ("单位:多", "单位:多", {}),
        ("主办单位:馆", "主办单位:馆", {}),
        ("-单位:馆 夜", "-单位:馆 夜", {}),
        ("标题:馆", "标题:馆", {}),
        ("领域:", "领域:", {}),
        ("领域:，。", "领域:，。", {}),
    ],
)
def test_a_filter_that_names_what_is_known_stands_apart_and_all_else_stays(
    typed: str, rest: str, chosen: dict[str, list[str]]
) -> None:
    assert apart(typed, valued) == (rest, chosen)


def test_every_filter_has_a_name_in_words_and_none_has_that_of_another() -> None:
    assert {facet.parameter for facet in FACETS} == set(WORDS)
    assert len(NAMED) == sum(1 + len(words) for words in WORDS.values())


@pytest.fixture
def halls(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("hall-1"), name="北京第一示例展厅", short_name="一厅"))
        channels.save_unit(tx, make_unit(id=UnitId("hall-2"), name="北京第二示例展厅", short_name="二厅"))


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("领域:信息技术", {"topic": ["it"]}),
        ("领域:信息", {"topic": ["it"]}),
        ("地区：海淀", {"district": ["haidian"]}),
        ("区:海淀区", {"district": ["haidian"]}),
        ("适合人群:老年人", {"audience": ["elderly"]}),
        ("类型:视频", {"kind": ["video"]}),
        ("kind:video", {"kind": ["video"]}),
        ("类型:activity", {"kind": ["activity"]}),
        ("影像:正在直播", {"film": ["live_now"]}),
        ("系统:委办局", {"system": ["委办局"]}),
        ("月份:2026年9月 月份:2025-11", {"month": ["2026-09", "2025-11"]}),
        ("month:2026-12、２０２６.１", {"month": ["2026-12", "2026-01"]}),
        ("单位:示例展厅", {"unit": ["hall-1", "hall-2"]}),
        ("单位:一厅 单位:二厅", {"unit": ["hall-1", "hall-2"]}),
    ],
)
def test_values_are_known_by_the_names_that_people_see(app: Flask, typed: str, chosen: dict[str, list[str]]) -> None:
    with app.test_request_context("/search"):
        made = worded(MultiDict({"q": typed}))

    assert {name: made.getlist(name) for name in made if name != "q"} == chosen
    assert made["q"] == ""


@pytest.mark.parametrize("typed", ["月份:9月", "月份:2026年13月", "月份:今年"])
def test_what_is_no_month_of_a_year_stays_where_it_stands(app: Flask, typed: str) -> None:
    with app.test_request_context("/search"):
        assert worded(MultiDict({"q": typed})) == MultiDict({"q": typed})


def test_what_the_address_asks_for_stays(app: Flask) -> None:
    with app.test_request_context("/search"):
        made = worded(MultiDict([("q", "领域:信息技术 月球"), ("topic", "rural"), ("topic", "it"), ("page", "2")]))

    assert (made["q"], made.getlist("topic"), made["page"]) == ("月球", ["rural", "it"], "2")


@pytest.mark.parametrize("path", ["/search", "/api/items", "/feed.atom"])
def test_pages_lists_and_feeds_are_narrowed_by_filters_in_words(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None], path: str
) -> None:
    for number, topic in enumerate(("it", "rural")):
        item = make_item(
            url=f"http://a.example/{number}.html",
            title=f"月球课第{number}讲",
            tags=(Tag(facet=Facet.TOPIC, id=topic, score=0.9),),
        )
        move(item, Move.APPROVE)

    answer = client.get(path, query_string={"q": "月球 领域:信息技术"})
    text = str(answer.get_json()) if answer.is_json else answer.text.replace("<mark>", "").replace("</mark>", "")

    assert "月球课第0讲" in text
    assert "月球课第1讲" not in text
