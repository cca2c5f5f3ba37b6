"""Sitemaps: addresses, times, what is cut off."""

import pytest
from lxml import etree

from crawler.feeds.entries import MAX_ENTRIES, NotAFeed
from crawler.feeds.reading import read_feed
from crawler.feeds.sitemap import cut_incomplete, read_address_list, read_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_each_loc_is_an_entry_and_lastmod_its_time() -> None:
    body = f"<urlset {SPACE}><url><loc> https://e.example/1 </loc><lastmod>2026-09-17</lastmod></url><url><loc>https://e.example/2</loc></url></urlset>"

    entries = read_sitemap(etree.fromstring(body)).entries

    assert [(entry.link, str(entry.published)) for entry in entries] == [
        ("https://e.example/1", "2026-09-17"),
        ("https://e.example/2", "None"),
    ]


@pytest.mark.parametrize("space", ["", 'xmlns="http://e.example/wrong"', SPACE])
def test_an_index_lists_its_sitemaps_under_any_namespace(space: str) -> None:
    body = f"<sitemapindex {space}><sitemap><loc>https://e.example/s.xml</loc></sitemap></sitemapindex>"

    feed = read_feed(body.encode())

    assert feed.is_sitemap
    assert [entry.link for entry in feed.entries] == ["https://e.example/s.xml"]


@pytest.mark.parametrize(
    "rest",
    [
        "<url><loc>https://e.example/2",
        "<url><loc>https://e.example/2</loc>",
        "<url><loc>https://e.example/2</loc></ur",
        "",
    ],
)
def test_an_address_cut_off_at_the_end_is_none(rest: str) -> None:
    body = f"<urlset {SPACE}><url><loc>https://e.example/1</loc></url>{rest}"

    assert [entry.link for entry in read_feed(body.encode()).entries] == ["https://e.example/1"]


def test_pictures_and_other_languages_are_no_addresses_of_their_own() -> None:
    body = f"""<urlset {SPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
    <url><loc>https://e.example/1</loc><image:image><image:loc>https://e.example/1.png</image:loc></image:image>
    <xhtml:link rel="alternate" hreflang="en" href="https://e.example/en/1"/></url></urlset>"""

    assert [entry.link for entry in read_feed(body.encode()).entries] == ["https://e.example/1"]


def test_a_news_sitemap_names_title_and_time() -> None:
    body = f"""<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://e.example/1</loc>
    <news:news><news:publication_date>2026-09-17T08:30:00</news:publication_date><news:title>科普日开幕</news:title></news:news></url></urlset>"""

    entry = read_feed(body.encode()).entries[0]

    assert (entry.title, str(entry.published)) == ("科普日开幕", "2026-09-17T08:30:00+08:00")


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    feed = read_feed(b"https://e.example/1\r\n\r\nhttps://e.example/2\nsome words")

    assert [entry.link for entry in feed.entries] == ["https://e.example/1", "https://e.example/2"]
    with pytest.raises(NotAFeed):
        read_feed(b"https://e.example/1 and some words\nmore words")


def test_more_addresses_than_a_sitemap_may_list_are_refused() -> None:
    with pytest.raises(NotAFeed, match="网址"):
        read_feed(b"<urlset>" + b"<url><loc>https://e.example/</loc></url>" * (MAX_ENTRIES + 1) + b"</urlset>")


def test_what_is_cut_off_ends_with_its_last_complete_element() -> None:
    assert cut_incomplete("<urlset><url>a</url><sm:url>b</sm:url ><url>c") == "<urlset><url>a</url><sm:url>b</sm:url >"
    assert cut_incomplete("<urlset><url>a") == "<urlset><url>a"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://e.example/1\nwords", ["https://e.example/1"]),
        ("https://e.example/1\nwords\nmore words", None),
        ("", None),
        ("https://e.example/1\n" * (MAX_ENTRIES + 1), None),
    ],
)
def test_a_text_is_a_list_of_addresses_where_at_least_half_its_lines_are(text: str, links: list[str] | None) -> None:
    feed = read_address_list(text)

    assert (None if feed is None else [entry.link for entry in feed.entries]) == links
