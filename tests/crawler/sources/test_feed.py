"""The source `feed`: bytes of a feed in, candidates and pages to read out."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from config.units.options import FeedOptions
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Unreadable
from crawler.sources import options_of, source_of
from crawler.sources.feed import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate, ItemKind, Media, MediaKind
from indexer.whitelist.records import Channel

HOME = "https://unit.example"
CHANNEL = Channel(
    id=ChannelId("unit-site"),
    unit=UnitId("unit"),
    kind=ChannelKind.SITE,
    name="示例单位网站",
    source="feed",
    address=f"{HOME}/feed.xml",
    hosts=("unit.example",),
)


def read(*items: str, about: Mapping[str, str] | None = None) -> list[Found]:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    body = (
        f"<rss {spaces}><channel><title>示例</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )
    return list(
        SOURCE.read(CHANNEL, FeedOptions(), Answer(url=f"{HOME}/feed.xml", body=body.encode(), about=about or {}))
    )


def test_it_is_found_by_its_kind_and_begins_with_the_feed() -> None:
    assert source_of("feed") is SOURCE
    assert list(SOURCE.start(CHANNEL, FeedOptions())) == [Ask(url=f"{HOME}/feed.xml")]


def test_an_entry_with_its_whole_text_is_a_candidate_at_once() -> None:
    (found,) = read(
        "<title>夜间观星</title><link>/1.html</link><pubDate>2026年9月17日 08:30</pubDate>"
        "<author>d@unit.example (甲)</author>"
        "<content:encoded><![CDATA[<p onclick='x()'>带上望远镜</p><img src='/a.png'>"
        "<script>x()</script>]]></content:encoded>"
    )

    assert isinstance(found, Candidate)
    assert (found.url, found.title, found.author) == (f"{HOME}/1.html", "夜间观星", "甲")
    assert str(found.published) == "2026-09-17T08:30:00+08:00"
    assert found.text == "带上望远镜"
    assert f'<p>带上望远镜</p><img src="{HOME}/a.png">' in found.html
    assert "script" not in found.html
    assert found.media == (Media(kind=MediaKind.IMAGE, url=f"{HOME}/a.png"),)
    assert found.kind is ItemKind.ARTICLE


def test_of_an_entry_with_a_summary_the_page_is_asked_for() -> None:
    (found,) = read(
        "<title>夜间观星</title><link>/1.html</link><pubDate>2026-09-17</pubDate><description>带上…</description>"
    )

    about = {"page": "article", "url": f"{HOME}/1.html", "title": "夜间观星", "date": "2026-09-17"}
    assert found == Ask(url=f"{HOME}/1.html", about=about)


def test_the_page_that_comes_back_is_the_article() -> None:
    paragraphs = "".join(
        f"<p>第{number}段：观星之前先让眼睛适应黑暗，大约需要二十分钟，请关掉手电筒。</p>" for number in range(5)
    )
    body = f"<html><title>夜间观星</title><body><article><h1>夜间观星</h1>{paragraphs}</article></body></html>"
    about = {"page": "article", "url": f"{HOME}/1.html", "title": "夜间观星", "date": "2026-09-17"}

    (found,) = SOURCE.read(CHANNEL, FeedOptions(), Answer(url=f"{HOME}/1.html", body=body.encode(), about=about))

    assert isinstance(found, Candidate)
    assert (found.url, found.title, str(found.published)) == (f"{HOME}/1.html", "夜间观星", "2026-09-17")
    assert "第4段" in found.text


@pytest.mark.parametrize(
    "item",
    [
        f"<link>{HOME}/v</link><enclosure url='{HOME}/v.mp4' type='video/mp4'/><description>短片</description>",
        f"<link>{HOME}/v</link><enclosure url='{HOME}/v.mp4'/><description>短片</description>",
        f"<link>{HOME}/v</link><media:content url='{HOME}/v.mp4' medium='video'/><description>短片</description>",
        f"<link>{HOME}/v</link><media:player url='{HOME}/v.mp4'/><description>短片</description>",
    ],
)
def test_an_entry_with_a_film_is_a_video(item: str) -> None:
    (found,) = read(item)

    assert isinstance(found, Candidate)
    assert (found.kind, found.url, found.text) == (ItemKind.VIDEO, f"{HOME}/v", "短片")
    assert found.media == (Media(kind=MediaKind.VIDEO, url=f"{HOME}/v.mp4"),)


def test_a_page_on_a_foreign_host_is_never_asked_for() -> None:
    (found,) = read("<title>转载</title><link>https://elsewhere.example/1</link><description>带上…</description>")

    assert isinstance(found, Candidate)
    assert (found.url, found.text) == ("https://elsewhere.example/1", "带上…")


def test_entries_keep_the_feeds_order_and_each_address_comes_once() -> None:
    found = read("<link>/2</link>", "<link>/1</link>", "<link>/2</link><title>again</title>", "<title>none</title>")

    assert [each.url for each in found if isinstance(each, Candidate | Ask)] == [f"{HOME}/2", f"{HOME}/1"]


def test_an_empty_feed_gives_nothing() -> None:
    assert read() == []


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>404</body></html>",
        b"",
        b"\x1f\x8b",
        b"{}",
        b"<urlset><url><loc>https://unit.example/1</loc></url></urlset>",
        b"<rss><channel><item><title>no address</title></item></channel></rss>",
        b"<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>",
    ],
)
def test_what_is_no_usable_feed_is_refused_with_a_remedy(body: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        list(SOURCE.read(CHANNEL, FeedOptions(), Answer(url=f"{HOME}/feed.xml", body=body)))

    assert refused.value.do.startswith("请")


def test_a_json_feed_with_plain_text_is_shown_in_paragraphs() -> None:
    body = json.dumps({"items": [{"url": "/1", "title": "t", "content_text": "一 < 二\n三"}]}).encode()

    (found,) = SOURCE.read(CHANNEL, FeedOptions(), Answer(url=f"{HOME}/feed.json", body=body))

    assert isinstance(found, Candidate)
    assert found.text == "一 < 二\n三"
    assert "<p>一 &lt; 二</p><p>三</p>" in found.html


def test_the_channels_own_word_on_the_kind_holds() -> None:
    channel = replace(CHANNEL, options={"item_kind": "activity"})
    body = b"<rss><channel><item><link>https://unit.example/1</link><body>whole</body></item></channel></rss>"

    (found,) = SOURCE.read(channel, options_of(SOURCE, channel), Answer(url=f"{HOME}/feed.xml", body=body))

    assert isinstance(found, Candidate)
    assert found.kind is ItemKind.ACTIVITY
