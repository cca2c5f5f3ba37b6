"""crawler.sources.sitemap: an index, its sitemaps, their newest pages."""

import gzip
from dataclasses import replace

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.sources import options_of
from crawler.sources.sitemap import MOST_LEVELS, MOST_SITEMAPS, SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="sitemap",
    address="https://a.example/sitemap.xml",
    hosts=("a.example",),
)
PAGES = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/</loc></url>
<url><loc>https://a.example/kx/1.html</loc><lastmod>2026-09-01</lastmod></url>
<url><loc>https://a.example/kx/2.html</loc></url>
<url><loc>https://a.example/kx/3.html</loc><lastmod>2026-09-30T08:30:00+08:00</lastmod></url>
<url><loc>https://a.example/kx/3.html</loc></url>
<url><loc>https://a.example/kx/index.html</loc><lastmod>2026-09-30</lastmod></url>
<url><loc>https://a.example/up/4.pdf</loc></url>
<url><loc>https://other.example/5.html</loc></url></urlset>"""
INDEX = "<sitemapindex>{}</sitemapindex>"
CHILD = "<sitemap><loc>https://a.example/s{}.xml.gz</loc><lastmod>2026-09-{:02}</lastmod></sitemap>"
ARTICLE = (
    "<html><body><h1>观察一片叶子</h1><p>把一片新摘的叶子放进温水里，叶面上就冒出许多细小的气泡。</p></body></html>"
)


def read(body: bytes | str, channel: Channel = CHANNEL, **about: str) -> list[Found]:
    body = body.encode() if isinstance(body, str) else body
    answer = Answer(url="https://a.example/sitemap.xml", body=body, headers={"content-type": "text/xml"}, about=about)
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def asked(found: list[Found]) -> list[str]:
    return [each.url for each in found if isinstance(each, Ask)]


@pytest.mark.parametrize("body", [PAGES, gzip.compress(PAGES.encode())])
def test_pages_come_the_last_changed_first_without_lists_files_and_other_sites(body: bytes | str) -> None:
    assert asked(read(body)) == [f"https://a.example/kx/{n}.html" for n in (3, 1, 2)]


def test_the_last_change_is_no_day_of_publication() -> None:
    first = read(PAGES)[1]

    assert isinstance(first, Ask)
    assert first.about == {"page": "article", "url": "https://a.example/kx/3.html", "title": ""}


def test_what_was_counted_is_said() -> None:
    assert read(PAGES)[0] == Note(why="站点地图：共 8 个网址，渠道内的文章 3 个，取最近更新的 3 个")


def test_no_more_pages_are_asked_for_than_the_channel_says() -> None:
    assert len(asked(read(PAGES, replace(CHANNEL, options={"most": "2"})))) == 2


def test_an_index_asks_for_its_newest_sitemaps() -> None:
    found = read(INDEX.format("".join(CHILD.format(n, n) for n in range(1, 29))))

    assert asked(found) == [f"https://a.example/s{n}.xml.gz" for n in range(28, 28 - MOST_SITEMAPS, -1)]
    assert {each.about["page"] for each in found if isinstance(each, Ask)} == {"sitemap"}


def test_indexes_within_indexes_end() -> None:
    with pytest.raises(Unreadable, match="索引超过 2 层"):
        read(INDEX.format(CHILD.format(1, 1)), page="sitemap", level=str(MOST_LEVELS))


def test_a_page_of_a_sitemap_is_an_article() -> None:
    (candidate,) = read(ARTICLE, page="article", url="https://a.example/kx/1.html")

    assert isinstance(candidate, Candidate)
    assert candidate.title == "观察一片叶子"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>正在维护</body></html>", "登记的网址不是站点地图"),
        ("<rss><channel><title>馆</title><item><link>/1</link></item></channel></rss>", "是订阅源，不是站点地图"),
        (
            "<urlset><url><loc>https://other.example/1.html</loc></url></urlset>",
            "没有渠道内的文章网址（共 1 个网址，渠道内 0 个）",
        ),
        (
            "<sitemapindex><sitemap><loc>https://other.example/1.xml</loc></sitemap></sitemapindex>",
            "没有渠道登记范围内的站点地图",
        ),
    ],
)
def test_what_is_no_sitemap_of_the_channel_is_refused_in_words(body: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(body)
