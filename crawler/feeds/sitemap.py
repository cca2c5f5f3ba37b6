"""Read sitemaps (sitemaps.org): lists of pages, lists of sitemaps, and the plain list of addresses."""

import re

from lxml import etree

from crawler.dates.read import read_time
from crawler.feeds.entries import MAX_ENTRIES, Entry, Feed, NotAFeed
from crawler.feeds.names import local_name
from crawler.feeds.wording import is_chinese, title_of

LISTED = frozenset(("url", "sitemap"))
# In the vocabularies of news and videos; a picture's title is none of the page's.
OF_PAGES = re.compile(r"^(?:\{[^}]*/sitemap-(?:news|video)/[^}]*\}|(?:news|video):)", re.IGNORECASE)
DATES = ("lastmod", "publication_date")
END = re.compile(r"</(?:[\w.-]+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def cut_incomplete(text: str) -> str:
    """Return the text up to the end of its last complete element: an address cut off at the end is none."""
    ends = [match.end() for match in END.finditer(text)]
    return text[: ends[-1]] if ends else text


def read_sitemap(root: etree._Element) -> Feed:
    """Return each address as an entry: `loc` its link, `lastmod` its time. Raises NotAFeed where they are too many."""
    elements = [node for node in root.iter(etree.Element) if local_name(node) in LISTED]
    if len(elements) > MAX_ENTRIES:
        raise NotAFeed(f"网址超过 {MAX_ENTRIES} 个，不予读取")
    titles = [_first(element, "title") for element in elements]
    chinese = is_chinese(None, [title or "" for title in titles])
    entries = []
    for element, title in zip(elements, titles, strict=True):
        address = next((_plain(child) for child in element if local_name(child) == "loc"), "")
        if not address:
            continue
        found = (read_time(text, chinese=chinese) for name in DATES if (text := _first(element, name)))
        published = next((time for time in found if time), None)
        entries.append(Entry(link=address, title=title_of(title) if title else None, published=published))
    is_index = bool(elements) and all(local_name(node) == "sitemap" for node in elements)
    return Feed(title=None, entries=tuple(entries), is_sitemap=True, is_index=is_index)


def read_address_list(text: str) -> Feed | None:
    """Return the entries of a sitemap that is one address a line; None where most lines are something else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    addresses = [line for line in lines if ADDRESS.fullmatch(line)]
    if len(addresses) * 2 < len(lines) or not addresses or len(addresses) > MAX_ENTRIES:
        return None
    return Feed(title=None, entries=tuple(Entry(link=line) for line in addresses), is_sitemap=True)


def _first(element: etree._Element, wanted: str) -> str | None:
    found = (
        node
        for node in element.iterdescendants(etree.Element)
        if local_name(node) == wanted and (wanted == "lastmod" or OF_PAGES.match(str(node.tag)))
    )
    return next((text for node in found if (text := _plain(node))), None)


def _plain(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
