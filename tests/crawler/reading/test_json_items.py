"""crawler.reading.json_items: items by their paths, in whatever form a site writes them, or words why none."""

import json
from dataclasses import replace

import pytest

from config.units.options import option_faults
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.reading.json_items import value_at
from crawler.sources import options_of
from crawler.sources.json_list import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

URL = "https://a.example/api/list?page=1"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="json_list",
    address=URL,
    hosts=("a.example",),
    options={"items": "data.rows", "url": "link", "title": "name", "date": "time.published", "next": "data.next"},
)
ROW = {"id": 7, "link": "/kx/7.html", "name": "观察一滴<em>水</em>", "time": {"published": "2026-09-30 08:30:00"}}
LIST = {"code": 0, "data": {"rows": [ROW, ROW | {"link": None}], "next": "/api/list?page=2"}}
ARTICLE = (
    "<html><body><h1>观察一片叶子</h1><p>把一片新摘的叶子放进温水里，叶面上就冒出许多细小的气泡。</p></body></html>"
)


def read(data: object, channel: Channel = CHANNEL, **about: str) -> list[Found]:
    body = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    answer = Answer(url=URL, body=body.encode(), headers={"content-type": "application/json"}, about=about)
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def options(**changed: str) -> Channel:
    return replace(CHANNEL, options=dict(CHANNEL.options) | changed)


def first(found: list[Found]) -> Ask:
    assert isinstance(found[1], Ask)
    return found[1]


def test_an_item_gives_its_article_with_title_and_day() -> None:
    asked = first(read(LIST))

    assert asked.url == "https://a.example/kx/7.html"
    assert (asked.about["title"], asked.about["date"]) == ("观察一滴水", "2026-09-30T08:30:00+08:00")


def test_what_was_taken_and_left_out_is_said() -> None:
    assert read(LIST)[0] == Note(why="JSON 里 data.rows 的列表有 2 项，取 1 项，1 项没有网址或重复")


def test_files_are_left_out_and_counted() -> None:
    rows = [ROW, ROW | {"link": "/kx/8.PDF?v=1"}, ROW | {"link": "/kx/9.mp4"}, ROW | {"link": "//b.example/1.html"}]

    note, *asked = read({"data": {"rows": rows}})

    assert note == Note(why="JSON 里 data.rows 的列表有 4 项，取 1 项，2 项是文件，1 项不在渠道登记的范围内")
    assert [one.url for one in asked if isinstance(one, Ask)] == ["https://a.example/kx/7.html"]


def test_what_no_record_takes_is_left_out_of_titles_and_addresses() -> None:
    row = ROW | {"id": "\ud800", "name": "一滴\0水\x1b里"}

    asked = first(read(json.dumps({"data": {"rows": [row]}}), options(url="/kx/{id}.html")))

    assert (asked.url, asked.about["title"]) == ("https://a.example/kx/%EF%BF%BD.html", "一滴水里")


def test_a_line_end_within_a_text_is_read() -> None:
    written = json.dumps({"data": {"rows": [ROW | {"name": "一滴#水"}]}}, ensure_ascii=False).replace("#", "\n")

    assert first(read(written)).about["title"] == "一滴 水"


def test_an_address_may_be_put_together_from_an_item() -> None:
    assert first(read(LIST, options(url="/a/{time.published}/{id}.html"))).url == (
        "https://a.example/a/2026-09-30%2008%3A30%3A00/7.html"
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (1790728200, "2026-09-30T08:30:00+08:00"),
        ("1790728200000", "2026-09-30T08:30:00+08:00"),
        ("2026年09月30日", "2026-09-30"),
        ("3天前", None),
        (True, None),
    ],
)
def test_a_day_is_read_as_seconds_or_as_written(written: object, day: str | None) -> None:
    row = ROW | {"time": {"published": written}}

    assert first(read({"data": {"rows": [row]}})).about.get("date") == day


def test_the_next_page_is_asked_for_up_to_the_limit() -> None:
    assert read(LIST)[-1] == Ask(url="https://a.example/api/list?page=2", about={"page": "list", "number": "2"})
    assert len(read(LIST, page="list", number="3")) == 2


def test_a_list_that_is_called_as_a_function_is_read() -> None:
    assert first(read(f"jQuery1_2({json.dumps(LIST)});")).url == "https://a.example/kx/7.html"


def test_the_whole_answer_may_be_the_list() -> None:
    channel = replace(CHANNEL, options={"url": "link", "title": "name"})

    assert first(read([ROW], channel)).about["title"] == "观察一滴水"


def test_a_page_of_the_list_is_an_article() -> None:
    (candidate,) = read(ARTICLE, page="article", url="https://a.example/kx/7.html")

    assert isinstance(candidate, Candidate)
    assert candidate.title == "观察一片叶子"


@pytest.mark.parametrize(
    ("data", "changed", "words"),
    [
        ("<html></html>", {}, "登记的网址回答的不是 JSON"),
        (LIST, {"items": "data.list"}, "JSON 里 data.list 没有列表. 请为渠道填写 items 选项，例如 data.rows"),
        (LIST, {"items": "code"}, "JSON 里 code 不是列表"),
        ({"data": {"rows": []}}, {}, "JSON 里 data.rows 是空的列表"),
        (LIST, {"url": "href"}, "列表的 2 项里没有网址（href）；第一项有的是：id、link、name、time"),
        (LIST, {"url": "/{no}.html"}, "列表的 2 项里没有网址"),
        (
            {"data": {"rows": [ROW | {"link": "https://b.example/1"}]}},
            {},
            "1 个网址都不在渠道登记的范围内（https://b.example/1 等）",
        ),
        (
            {"data": {"rows": [ROW | {"link": "/1.pdf"}, ROW | {"link": "/2.docx"}]}},
            {},
            "2 个网址都是文件（PDF、视频等），不是网页",
        ),
        ("[" * 100_000, {}, "登记的网址回答的不是 JSON"),
    ],
)
def test_a_path_that_finds_nothing_says_what_there_is(data: object, changed: dict[str, str], words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, options(**changed))

    assert words in str(refused.value)


def test_a_path_goes_through_objects_and_lists() -> None:
    assert value_at({"a": [{"b": 1}]}, "a.0.b") == 1
    assert value_at({"a": [1]}, "a.5") is None


@pytest.mark.parametrize(
    ("option", "written"), [("items", "data..rows"), ("url", "/a/{}.html"), ("url", "/a/{id"), ("next", "a b")]
)
def test_a_path_that_is_none_is_refused_where_it_is_written(option: str, written: str) -> None:
    assert [name for name, _, _ in option_faults("json_list", {option: written})] == [option]
