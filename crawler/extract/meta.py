"""What a page declares of itself: government meta tags, Dublin Core, OpenGraph, JSON-LD, microdata."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.blocks import inner_text, tidy

VALUE_CHARS = 500
MOST_VALUES = 30  # of one field; no honest page declares more, and titles are compared each with all
# Meta names, best first, in lower case without blanks. GB/T 33-series government pages: ArticleTitle, PubDate …
TITLE_NAMES_TEXT = """
    articletitle headline og:title dc.title dcterms.title citation_title twitter:title title
"""
TITLE_NAMES = tuple(TITLE_NAMES_TEXT.split())
TIME_NAMES_TEXT = """
    pubdate article:published_time og:article:published_time publishdate publish_date publish-date publishtime
    publish_time published_time datepublished firstpublishedtime og:release_date release_date releasedate og:pubdate
    og:time weibo:article:create_at article:create_at bytedance:published_time dcterms.issued dc.date.issued
    dcterms.created dc.date.created dcterms.date dc.date parsely-pub-date sailthru.date citation_publication_date
    article_date_original createdate create_date date pubtime apub:time
"""
TIME_NAMES = tuple(TIME_NAMES_TEXT.split())
CHANGED_NAMES_TEXT = """
    dateupdate updatetime article:modified_time og:updated_time weibo:article:update_at bytedance:updated_time
    dcterms.modified dc.date.modified lastmodifiedtime last-modified
"""
CHANGED_NAMES = tuple(CHANGED_NAMES_TEXT.split())
AUTHOR_NAMES = [
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
]
SOURCE_NAMES = ["contentsource", "source", "article:source", "mediaid", "og:article:source"]
SITE_NAMES = ["og:site_name", "sitename", "application-name", "copyright", "apple-mobile-web-app-title"]
EDITOR_NAMES = ["editor", "responsibleeditor"]
ARTICLE_TYPES = re.compile(r"Article|Posting|Report|VideoObject|AudioObject|Event$|Episode")
LOOSE_TIME = re.compile(r'"(?:datePublished|pubDate|uploadDate)"\s*:\s*"([^"]{8,40})"')
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Declared:
    """Fields as declared, best first; nothing is parsed or believed yet."""

    titles: Sequence[str] = ()
    times: Sequence[str] = ()
    changed: Sequence[str] = ()
    marked: Sequence[str] = ()
    authors: Sequence[str] = ()
    sources: Sequence[str] = ()
    sites: Sequence[str] = ()
    editors: Sequence[str] = ()
    page_title: str = ""
    is_chinese: bool = False


@dataclass(frozen=True, slots=True)
class _Linked:
    """The same fields from JSON-LD."""

    titles: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)


def read_declared(page: HtmlElement) -> Declared:
    """Collect the declared fields of a page; scripts must still stand in the tree."""
    metas = _metas(page)
    linked = _Linked()
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            _read_linked(script.text or "", linked)
    title = page.find(".//title")
    return Declared(
        titles=_unique(
            [
                *_named(metas, TITLE_NAMES[:2]),
                *linked.titles,
                *_named(metas, TITLE_NAMES[2:]),
                *_items(page, "headline"),
            ]
        ),
        times=_unique(
            [
                *_named(metas, TIME_NAMES[:3]),
                *linked.times,
                *_named(metas, TIME_NAMES[3:]),
            ]
        ),
        marked=_unique(_time_elements(page)),
        changed=_unique(_named(metas, CHANGED_NAMES)),
        authors=_unique([*linked.authors, *_named(metas, AUTHOR_NAMES), *_items(page, "author")]),
        sources=_unique(_named(metas, SOURCE_NAMES)),
        sites=_unique([*_named(metas, SITE_NAMES), *linked.sites]),
        editors=_unique(_named(metas, EDITOR_NAMES)),
        page_title=tidy(str(title.text_content())[:VALUE_CHARS]) if title is not None else "",
        is_chinese=_is_chinese(page, title),
    )


def _metas(page: HtmlElement) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = tidy((meta.get("content") or meta.get("value") or "")[:VALUE_CHARS])
        if name and value:
            found.setdefault("".join(name.split()).lower(), []).append(value)
    return found


def _named(metas: Mapping[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _items(page: HtmlElement, prop: str) -> Iterator[str]:
    """Microdata outside `meta`, where the page holds only one of it: several are a list of other articles."""
    found = [node for node in page.xpath("//*[@itemprop=$prop]", prop=prop) if node.tag != "meta"]
    if len(found) == 1:
        name = found[0].find(".//*[@itemprop='name']")
        yield inner_text(name if name is not None else found[0])[:VALUE_CHARS]


def _time_elements(page: HtmlElement) -> Iterator[str]:
    """The first `time` that says it is the publication's; any `time` where all on the page agree on the day."""
    found = [
        (node, value) for node in page.iter("time", "abbr") if (value := node.get("datetime") or node.get("title"))
    ]
    said = [value for node, value in found if _says_published(node)]
    if said:
        yield said[0]
    elif len({value[:10] for _, value in found}) == 1:
        yield found[0][1]


def _says_published(node: HtmlElement) -> bool:
    names = (node.get("class") or "").lower()
    return node.get("pubdate") is not None or node.get("itemprop") == "datePublished" or "publish" in names


def _unique(values: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(value for value in values if value), MOST_VALUES))


def _read_linked(text: str, into: _Linked) -> None:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        data = json.loads(TRAILING_COMMA.sub("", text), strict=False)
    except (ValueError, RecursionError):
        # Hand-written JSON-LD breaks at quotation marks in headlines; the date is still legible.
        into.times.extend(LOOSE_TIME.findall(text))
        return
    for entry in _entries(data, MAX_DEPTH):
        _read_entry(entry, into)


def _entries(data: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _entries(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _entries(data.get(name), depth - 1)


def _read_entry(entry: Mapping[str, Any], into: _Linked) -> None:
    kind = " ".join(_texts(entry.get("@type")))
    into.times.extend(text for name in ("datePublished", "pubDate", "uploadDate") for text in _texts(entry.get(name)))
    if kind in ("Organization", "NewsMediaOrganization", "WebSite"):
        into.sites.extend(_texts(entry.get("name")))
    if kind and not ARTICLE_TYPES.search(kind):
        return
    into.titles.extend(text for name in ("headline", "title") for text in _texts(entry.get(name)))
    into.authors.extend(_texts(entry.get("author")))
    into.sites.extend(_texts(entry.get("publisher")))


def _texts(value: object) -> Iterator[str]:
    """Texts of a value: itself, its name, or those of each in a list."""
    if isinstance(value, str) and value.strip():
        yield tidy(value[:VALUE_CHARS])
    elif isinstance(value, list):
        for each in value[:20]:
            if not isinstance(each, list):
                yield from _texts(each)
    elif isinstance(value, dict) and isinstance(value.get("name"), str | list):
        yield from _texts(value["name"])


def _is_chinese(page: HtmlElement, title: HtmlElement | None) -> bool:
    """Whether the page is in Chinese, by its letters: the lang attribute is often a leftover of the theme."""
    sample = "".join(str(page.text_content()).split())[:50_000] if title is None else str(title.text_content())
    wide = sum("一" <= char <= "鿿" for char in sample)
    letters = sum(char.isalpha() for char in sample)
    kana = sum("぀" <= char <= "ヿ" for char in sample)
    return wide * 5 >= letters > 0 and kana * 20 < wide
