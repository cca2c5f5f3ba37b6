"""Where a page says that its site has feeds and sitemaps."""

import pytest

from crawler.exchange import Answer
from crawler.trying.discovery import FEED_PLACES, MOST_DECLARED, declared, places

PAGE = "https://a.example/news/index.html"


def found(head: str) -> list[str]:
    return list(declared(Answer(url=PAGE, body=f"<html><head>{head}</head>".encode())))


@pytest.mark.parametrize(
    ("element", "url"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://a.example/feed"),
        ("<LINK REL=Alternate TYPE='application/atom+xml' HREF='atom.xml'>", "https://a.example/news/atom.xml"),
        (
            '<link href="f?a=1&amp;b=2" type="application/feed+json; charset=utf-8" rel="alternate" />',
            "https://a.example/news/f?a=1&b=2",
        ),
        ('<link rel="sitemap" type="application/xml" href="/map.xml">', "https://a.example/map.xml"),
        (
            '<base href="/zw/"><link rel="alternate" type="application/rss+xml" href="rss.xml#top">',
            "https://a.example/zw/rss.xml",
        ),
    ],
)
def test_a_link_element_names_a_feed_or_a_sitemap(element: str, url: str) -> None:
    assert found(element) == [url]


@pytest.mark.parametrize(
    "element",
    [
        '<link rel="stylesheet" href="/site.css">',
        '<link rel="alternate" hreflang="en" href="/en/">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" title="评论" href="/pl.xml">',
    ],
)
def test_what_is_no_feed_of_the_unit_is_passed_over(element: str) -> None:
    assert found(element) == []


def test_a_feed_named_twice_is_one_and_no_page_names_more_than_a_few() -> None:
    many = [f'<link rel="alternate" type="application/rss+xml" href="/{number}.xml">' for number in range(20)]

    assert len(found("".join([*many, *many]))) == MOST_DECLARED


def test_the_common_places_lie_on_the_page_s_own_host() -> None:
    assert places(PAGE, FEED_PLACES)[:2] == ["https://a.example/feed", "https://a.example/rss.xml"]
