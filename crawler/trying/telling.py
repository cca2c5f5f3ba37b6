"""Tell by the beginning of an answer which kind of source would read it."""

import re
import zlib
from urllib.parse import urlsplit

from crawler.exchange import Answer
from indexer.base.ids import WECHAT_HOST

FEED, SITEMAP, SITE, JSON_LIST, WECHAT_PAGE = "feed", "sitemap", "site", "json_list", "wechat_page"
LOOKED_AT = 64 * 1024  # bytes, unpacked
GZIP = b"\x1f\x8b"
ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(html|body|rss|feed|rdf|urlset|sitemapindex)(?=[\s:>/])", re.IGNORECASE)
# Names that only a JSON Feed gives to what it holds, or its version.
JSON_FEED = re.compile(r'jsonfeed\.org/version|"(?:content_html|content_text|date_published|home_page_url)"\s*:')
ADDRESSES = re.compile(r"https?://\S++(?:\s++https?://\S++)*+\s*+\S*+", re.IGNORECASE)  # the last may be cut off
CALLED = re.compile(r"[\w$.]{1,100}\s{0,9}\(\s{0,9}[{\[]")  # JSON for a script to call (JSONP)
KINDS = {"rss": FEED, "feed": FEED, "rdf": FEED, "urlset": SITEMAP, "sitemapindex": SITEMAP}


def told_source(answer: Answer) -> str:
    """Return the kind: `feed`, `sitemap`, `json_list`, `wechat_page`, or `site` for whatever else comes.

    Only its own reader says whether the whole of it can be read.
    """
    if urlsplit(answer.url).hostname == WECHAT_HOST:
        return WECHAT_PAGE
    start = _beginning(answer.body).lstrip("\ufeff\t\n\r ")
    if start.startswith(("{", "[")) or CALLED.match(start):
        return FEED if JSON_FEED.search(start) else JSON_LIST
    if ADDRESSES.fullmatch(start):
        return SITEMAP
    root = ROOT.search(start)
    return KINDS.get(root[1].lower(), SITE) if root else SITE


def _beginning(body: bytes) -> str:
    """The first characters in whatever encoding: what is looked for is ASCII."""
    if body.startswith(GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, LOOKED_AT)
        except zlib.error:
            return ""
    start = body[:LOOKED_AT]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if start.startswith(mark):
            return start.decode(encoding, "replace")
    return start.decode("utf-8", "replace")
