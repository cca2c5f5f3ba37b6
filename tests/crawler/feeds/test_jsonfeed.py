"""JSON Feed 1 and 1.1, well and badly made."""

import json

import pytest

from crawler.feeds.entries import Enclosure, Feed, NotAFeed
from crawler.feeds.jsonfeed import read_json_feed
from crawler.feeds.reading import read_feed


def feed_of(*items: object, **fields: object) -> Feed:
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": list(items)} | fields
    return read_json_feed(json.dumps(data), url=None)


def test_every_field_of_an_item_is_read() -> None:
    feed = feed_of(
        {
            "id": 7,
            "url": "/7",
            "title": "seven &amp; more",
            "content_html": "<p>whole</p>",
            "summary": "short",
            "date_published": "2026-09-17T08:30:00+08:00",
            "authors": [{"name": "Example Desk"}],
            "attachments": [{"url": "https://e.example/v.mp4", "mime_type": "video/mp4"}, {"url": ""}, "none"],
        },
        home_page_url="https://e.example/",
    )

    entry = feed.entries[0]
    assert (entry.id, entry.link, entry.title, entry.text) == ("7", "https://e.example/7", "seven & more", "whole")
    assert (str(entry.published), entry.author) == ("2026-09-17T08:30:00+08:00", "Example Desk")
    assert entry.enclosures == (Enclosure(url="https://e.example/v.mp4", type="video/mp4"),)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"content_text": "plain < text", "summary": "short"}, "plain < text"),
        ({"content_html": "", "content_text": "plain"}, "plain"),
        ({"summary": "short"}, "short"),
        ({"content_html": ["not text"]}, None),
    ],
)
def test_the_text_is_the_content_else_the_summary(item: dict[str, object], text: str | None) -> None:
    assert feed_of(item).entries[0].text == text


def test_a_nonsense_date_is_none_and_a_change_stands_in() -> None:
    assert feed_of({"date_published": "Tomorrow"}).entries[0].published is None
    assert (
        str(feed_of({"date_published": "Tomorrow", "date_modified": "2026-09-17"}).entries[0].published) == "2026-09-17"
    )


def test_a_chinese_feeds_time_without_a_zone_is_beijings() -> None:
    entry = feed_of({"date_published": "2026年9月17日 08:30"}, language="zh-CN").entries[0]

    assert str(entry.published) == "2026-09-17T08:30:00+08:00"


@pytest.mark.parametrize("body", [b"{", b"{}", b"[]", b'{"items": {}}', b"[" * 100_000, b'{"items": [' + b"1" * 10_000])
def test_json_that_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(NotAFeed, match="JSON"):
        read_feed(body)


def test_items_that_are_no_objects_are_passed_over() -> None:
    assert [entry.id for entry in feed_of(None, 7, {"id": "1"}, "x").entries] == ["1"]


def test_half_a_character_is_dropped() -> None:
    assert read_feed(b'{"items": [{"title": "a\\ud800b\\u0000"}]}').entries[0].title == "ab"


def test_relative_addresses_stand_on_the_feed_s_own_address_first() -> None:
    text = json.dumps({"items": [{"url": "7.html"}], "home_page_url": "https://home.example/"})

    assert [read_json_feed(text, url=url).entries[0].link for url in ("https://e.example/feeds/all.json", None)] == [
        "https://e.example/feeds/7.html",
        "https://home.example/7.html",
    ]


def test_what_is_not_a_number_is_nothing() -> None:
    entry = read_json_feed(
        '{"items": [{"id": NaN, "title": Infinity, "url": "https://e.example/1"}]}', url=None
    ).entries[0]

    assert (entry.id, entry.title) == (None, None)
