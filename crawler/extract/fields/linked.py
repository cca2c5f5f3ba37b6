"""Read what a page's JSON-LD (schema.org) says of the article on it, not of a video, an event or another article."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.body.blocks import read_blocks, squeeze, tidy
from crawler.extract.fields.headings import is_site

VALUE_CHARS = 500
MAX_DEPTH, MOST_ENTITIES, MOST_NAMES = 6, 200, 20
ARTICLE = re.compile(r"Article|Posting|Report\b|^Blog$|CreativeWork$")
PAGE = re.compile(r"^$|(?:Web|Item|About|Medical\w*|Collection|FAQ|QA)Page")
RECORDING = re.compile(r"VideoObject|AudioObject|Episode|Clip|MediaObject|Movie|PodcastEpisode")
SITE = re.compile(r"Organization|WebSite")
# Hand-written JSON-LD breaks at quotation marks in headlines; types and dates are still legible.
LOOSE = re.compile(r'"@type"\s*:\s*\[?\s*"(?P<type>\w{1,40})"|"(?:datePublished|pubDate)"\s*:\s*"(?P<time>[^"]{8,40})"')
UNDATED = re.compile(
    r"Person|Organization|ImageObject|WebSite|WebPage|BreadcrumbList|ListItem|PostalAddress|Brand|Thing"
)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
HEADLINE_CHARS, MOST_LINES = 120, 500  # among which a page shows its headline
SHORTEST = 4  # characters of a headline by which an article is known again

Entity = Mapping[str, Any]  # foreign data, every value is checked where it is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Fields of the article, best first."""

    titles: Sequence[str] = ()
    times: Sequence[str] = ()
    authors: Sequence[str] = ()
    sites: Sequence[str] = ()


def read_linked(page: HtmlElement, *, titles: Sequence[str], url: str | None) -> Linked:
    """Return what the JSON-LD says of the page's article. titles: what the page calls itself, elsewhere."""
    entities: list[Entity] = []
    loose: list[str] = []
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            data = _parsed(script.text or "")
            if data is None:
                loose += _loose_times(script.text or "")
            else:
                entities += _entities(data, MAX_DEPTH)
    entities = entities[:MOST_ENTITIES]
    wanted = [plain for title in titles if len(plain := squeeze(title)) >= SHORTEST]
    own = _own(entities, _Page(page, wanted, url))
    sites = [name for each in entities if SITE.search(_kind(each)) for name in _texts(each.get("name"))]
    return Linked(
        titles=[text for each in own for name in ("headline", "title") for text in _texts(each.get(name))],
        times=[*_times(own), *loose],
        authors=[text for each in own for text in _texts(each.get("author"))],
        sites=[*sites, *(text for each in own for text in _texts(each.get("publisher")))],
    )


class _Page:
    """What a page calls itself, and what it shows: by them its own entities are known."""

    def __init__(self, page: HtmlElement, wanted: Sequence[str], url: str | None) -> None:
        self.page, self.wanted, self.url = page, wanted, url

    @cached_property
    def shown(self) -> Sequence[str]:
        """Short lines of the page that are no links: its headline is one of them."""
        lines = (
            squeeze(block.text)
            for block in read_blocks(self.page)
            if block.chars <= HEADLINE_CHARS and block.link_chars * 2 < block.chars
        )
        return list(islice(lines, MOST_LINES))

    def rank(self, entity: Entity) -> int:
        """How surely it is the page's: 2 by address, 1 by headline, 0 where it does not say, -1 of another."""
        addresses = [
            _place(address) for name in ("url", "@id", "mainEntityOfPage") for address in _addresses(entity.get(name))
        ]
        if self.url and _place(self.url) in addresses:
            return 2
        names = [squeeze(text) for name in ("headline", "name", "title") for text in _texts(entity.get(name))]
        names = [name for name in names if len(name) >= SHORTEST]
        if any(self._is_called(name) for name in names):
            return 1
        return -1 if names and (self.wanted or self.shown) else 0

    def _is_called(self, name: str) -> bool:
        if is_site(name):  # a title element and a footer name the site, which is no headline
            return name in self.wanted or name in self.shown
        return any(name in other or other in name for other in self.wanted) or any(name in line for line in self.shown)


def _own(entities: Sequence[Entity], page: _Page) -> Sequence[Entity]:
    """The entities that are about the page's article: the article, else the page, else the recording it shows."""
    articles = [each for each in entities if ARTICLE.search(_kind(each))]
    if articles:
        ranked = [(page.rank(each), each) for each in articles]
        best = max(rank for rank, _ in ranked)
        articles = [each for rank, each in ranked if rank == best and best >= 0]
    pages = [each for each in entities if PAGE.search(_kind(each)) and page.rank(each) >= 0]
    if found := [*articles, *pages]:
        return found
    return [each for each in entities if RECORDING.search(_kind(each)) and page.rank(each) > 0]


def _times(own: Sequence[Entity]) -> Sequence[str]:
    """The times of publication; of several articles none, where they differ: nobody knows which is the page's."""
    for kind in (ARTICLE, PAGE, RECORDING):
        of_kind = [each for each in own if kind.search(_kind(each))]
        for name in ("datePublished", "pubDate", "uploadDate", "dateCreated"):
            found = list(dict.fromkeys(text for each in of_kind for text in _texts(each.get(name))))
            if found:
                return found if len({text[:10] for text in found}) == 1 else ()
    return ()


def _place(address: str) -> str:
    """Host and path of an address: by them a page is known again."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}" if parts.netloc else ""


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for name in ("@id", "url") if isinstance(each := value.get(name), str))


def _parsed(text: str) -> object:
    """What the script holds; None where it is no JSON."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(TRAILING_COMMA.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _loose_times(text: str) -> Iterator[str]:
    """Times in broken JSON-LD, but those that follow the type of something else than an article."""
    kind = ""
    for found in LOOSE.finditer(text):
        if found["time"] and (PAGE.search(kind) or ARTICLE.search(kind)):
            yield found["time"]
        elif found["type"] and not UNDATED.search(found["type"]):
            kind = found["type"]


def _entities(data: object, depth: int) -> Iterator[Entity]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _entities(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _entities(data.get(name), depth - 1)


def _kind(entity: Entity) -> str:
    return " ".join(_texts(entity.get("@type")))


def _texts(value: object) -> Iterator[str]:
    """Texts of a value: itself, its name, or those of each in a list."""
    if isinstance(value, str) and value.strip():
        yield tidy(value[:VALUE_CHARS])
    elif isinstance(value, list):
        for each in value[:MOST_NAMES]:
            if not isinstance(each, list):
                yield from _texts(each)
    elif isinstance(value, dict) and isinstance(value.get("name"), str | list):
        yield from _texts(value["name"])
