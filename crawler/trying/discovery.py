"""Where a site may have feeds and sitemaps: what its page declares, then the places where most sites have them."""

import re
from collections.abc import Sequence
from types import MappingProxyType
from urllib.parse import urldefrag, urljoin

from crawler.exchange import Answer
from crawler.extract.charset import decode
from indexer.base.text import unescaped

MOST_DECLARED = 5
LOOKED_AT = 512 * 1024  # bytes; link elements stand in the head
FEED_PLACES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss")
SITEMAP_PLACES = ("/sitemap.xml",)
LINK = re.compile(r"<(link|base)\b([^<>]{1,2000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z-]{1,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
TYPES = MappingProxyType(
    {
        "application/rss+xml": "feed",
        "application/atom+xml": "feed",
        "application/rdf+xml": "feed",
        "application/feed+json": "feed",
        "application/xml": "sitemap",
        "text/xml": "sitemap",
    }
)
OF_COMMENTS = re.compile(r"/comments(?:/|\b)|评论", re.IGNORECASE)  # what readers wrote is none of the unit's


def declared(answer: Answer) -> Sequence[str]:
    """Return the addresses that the page's `link` elements name as its feeds or sitemap, in their order."""
    text = decode(answer.body[:LOOKED_AT], answer.headers.get("content-type", "text/html"))
    base, found = answer.url, list[str]()
    for element in LINK.finditer(text):
        given = ATTRIBUTE.finditer(element[2])
        attributes = {one[1].lower(): unescaped(one[2] or one[3] or one[4] or "") for one in given}
        href = attributes.get("href", "").strip()
        if element[1].lower() == "base":
            base = _joined(answer.url, href) or base
        elif _is_declared(attributes) and (url := _joined(base, href)):
            found.append(url)
    return list(dict.fromkeys(found))[:MOST_DECLARED]


def places(url: str, wanted: Sequence[str]) -> Sequence[str]:
    """Return the common places on the host of an address."""
    return [urljoin(url, place) for place in wanted]


def _is_declared(attributes: dict[str, str]) -> bool:
    relations = attributes.get("rel", "").lower().split()
    kind = TYPES.get(attributes.get("type", "").partition(";")[0].strip().lower())
    if OF_COMMENTS.search(f"{attributes.get('href', '')} {attributes.get('title', '')}"):
        return False
    return ("alternate" in relations and kind == "feed") or ("sitemap" in relations) or "feed" in relations


def _joined(base: str, href: str) -> str | None:
    """The absolute address; None where there is none, or none of the web."""
    if not href or len(href) > 2048:
        return None
    try:
        url = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None
