"""Which kind of source would read an answer, told by its beginning."""

import gzip

import pytest

from crawler.exchange import Answer
from crawler.trying.telling import LOOKED_AT, told_source

RSS = '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>'
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


def told(body: str | bytes, url: str = "https://a.example/x") -> str:
    return told_source(Answer(url=url, body=body.encode() if isinstance(body, str) else body))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (RSS, "feed"),
        ("\ufeff\n <!-- made by a tool -->" + RSS, "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
        ('<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "feed"),
        ("<rdf:RDF xmlns:rdf='x'>", "feed"),
        (URLSET, "sitemap"),
        ("<sitemapindex>", "sitemap"),
        (gzip.compress(URLSET.encode(), mtime=0), "sitemap"),
        (gzip.compress(RSS.encode(), mtime=0), "feed"),
        ("http://a.example/1\nhttp://a.example/2\n", "sitemap"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ('{"items": [{"content_html": "<p>"}]}', "feed"),
        ('{"code": 0, "data": {"list": [{"title": "霾"}]}}', "json_list"),
        ('[{"title": "霾"}]', "json_list"),
        ('jQuery1_2.show({"list": []});', "json_list"),
        ("<!DOCTYPE html><html><body><a href='/feed'>", "site"),
        ("<html><body><pre>&lt;rss&gt; <rss>", "site"),
        ("<ul><li><a href=1>", "site"),
        ("", "site"),
        (b"\x1f\x8bbroken", "site"),
        (RSS.encode("utf-16"), "feed"),
        ("http://a.example/1 and words after it, on a page of text", "site"),
    ],
)
def test_the_beginning_tells_the_kind(body: str | bytes, kind: str) -> None:
    assert told(body) == kind


def test_a_page_on_wechat_is_a_single_article_whatever_it_holds() -> None:
    assert told(RSS, url="https://mp.weixin.qq.com/s/abc") == "wechat_page"


@pytest.mark.parametrize(("before", "kind"), [(LOOKED_AT - 6, "feed"), (LOOKED_AT, "site")])
def test_only_the_beginning_is_looked_at(before: int, kind: str) -> None:
    assert told(" " * before + "<rss ><channel/>") == kind
