"""Read RSS 0.9 to 2.0, RDF and Atom by feedparser, which is given a pruned tree."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree

from crawler.dates.read import read_stamp
from crawler.feeds.bylines import byline_of
from crawler.feeds.entries import MAX_ENTRIES, Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.pruning import OWN_PAGE, WEB, prune
from crawler.feeds.wording import is_chinese, markup_of, text_of, title_in
from indexer.base.times import Published

DATES = ("published", "created", "updated")  # feedparser's names, the best first
FEED_DATES = ("updated", "published")
RELATIONS = (OWN_PAGE, "alternate", "http://www.iana.org/assignments/relation/alternate")
SAMPLE_TEXTS = 200  # of a feed without any title: pieces of text that show its writing


def read_xml_feed(root: etree._Element, *, url: str | None) -> Feed:
    """Return the feed below the root, which is changed. Raises NotAFeed where it has more entries than any feed may."""
    sample = list(islice(root.itertext(), SAMPLE_TEXTS))
    parsed = _parse(prune(root), url)
    titles = [title_in(each) for each in (parsed.feed, *parsed.entries)]
    chinese = is_chinese(parsed.feed.get("language"), titles if any(titles) else sample)
    home = next((link for link in _links(parsed.feed, url) if link.startswith(WEB)), None)
    entries = (_entry(entry, url or home, chinese=chinese) for entry in parsed.entries)
    updated = _date(parsed.feed, FEED_DATES, chinese=chinese)
    return Feed(title=titles[0] or None, entries=tuple(entries), updated=updated)


def _parse(feed: etree._Element, url: str | None) -> Any:  # noqa: ANN401  (feedparser has no types)
    """What feedparser says. Nothing is fetched, and no HTML is changed: `crawler.extract.clean` does that."""
    if sum(1 for _ in feed.iter("item")) > MAX_ENTRIES:
        raise NotAFeed(f"条目超过 {MAX_ENTRIES} 条，不予读取")
    document = io.BytesIO(etree.tostring(feed, encoding="utf-8", xml_declaration=True))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url or ""}
    parsed = feedparser.parse(document, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    if parsed.bozo:
        raise NotAFeed("内容无法按 XML 读取")
    return parsed


def _entry(entry: Any, base: str | None, *, chinese: bool) -> Entry:  # noqa: ANN401  (feedparser has no types)
    content = next(iter(entry.get("content", ())), None)
    shown = content or entry.get("summary_detail")
    about = shown or entry.get("title_detail") or {}
    base = about.get("base") or base
    player = entry.get("media_player", {}).get("url")
    thumbnail = next((one["url"] for one in entry.get("media_thumbnail", ()) if one.get("url")), None)
    link = next(_links(entry, base), None) or entry.get("link")
    return Entry(
        id=entry.get("id") or None,
        link=_absolute(base, link) if link else None,
        title=title_in(entry) or None,
        published=_date(entry, DATES, chinese=chinese),
        text=(text_of(shown.value, shown.type) or None) if shown else None,
        markup=markup_of(content.value, content.type) if content else None,
        summary=markup_of(shown.value, shown.type) if shown and not content else None,
        base=base,
        enclosures=tuple(_enclosures(entry, base)),
        player=_absolute(base, player) if player else None,
        thumbnail=_absolute(base, thumbnail) if thumbnail else None,
        seconds=str(entry.get("itunes_duration") or ""),
        author=byline_of(author.get("name", "") for author in entry.get("authors", ())),
    )


def _date(found: Any, names: Iterable[str], *, chinese: bool) -> Published | None:  # noqa: ANN401
    dates = (read_stamp(text, chinese=chinese) for name in names if (text := dict.get(found, name)))
    return next(filter(None, dates), None)


def _links(found: Any, base: str | None) -> Iterator[str]:  # noqa: ANN401
    """Every address of the page that the feed or entry stands for, the best first."""
    links = [link for link in found.get("links", ()) if link.get("rel") in RELATIONS and link.get("href")]
    for link in sorted(links, key=lambda each: (each["rel"] != OWN_PAGE, "html" not in each.get("type", ""))):
        yield _absolute(base, link["href"])


def _enclosures(entry: Any, base: str | None) -> Iterable[Enclosure]:  # noqa: ANN401
    links = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure" and link.get("href")]
    found: dict[str, Enclosure] = {}
    for link in links:
        address = _absolute(base, link["href"])
        kind, seconds = link.get("type") or link.get("medium") or "", str(link.get("duration") or "")
        found.setdefault(address, Enclosure(url=address, type=kind, seconds=seconds))
    return found.values()


def _absolute(base: str | None, address: str) -> str:
    try:
        return urljoin(base or "", address)
    except ValueError:
        return address
