"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, with their Dublin Core, content, Media RSS and iTunes names → Feed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.feeds.bylines import read_byline
from crawler.feeds.entries import MAX_ENTRIES, Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.names import XML, Names
from crawler.feeds.values import Value, read_plain, read_title, read_value, resolve
from crawler.feeds.wording import is_chinese
from indexer.times import Published, read_time

ENTRIES = frozenset(("item", "entry", "atom:entry", "rss:item"))
# In each list the first that says anything holds.
TITLES = ("title", "atom:title", "rss:title", "dc:title", "media:title", "itunes:title", "dcterms:title")
IDS = ("guid", "id", "atom:id")
CONTENTS = ("content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem")
SUMMARIES = ("description", "summary", "atom:summary", "dc:description", "dcterms:abstract")
MEDIA_SUMMARIES = ("media:description",)
LAST_SUMMARIES = ("itunes:summary", "itunes:subtitle")
DATES = (
    "pubdate", "published", "atom:published", "issued", "dc:date", "dcterms:issued", "created", "dcterms:created",
    "dcterms:date", "date", "updated", "atom:updated", "modified", "dcterms:modified", "lastbuilddate",
)  # fmt: skip
LINKS = ("link", "rss:link", "atom:link")
LANGUAGES = ("language", "dc:language")
ALTERNATE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
SAMPLE_TEXTS = 200  # of a feed without any title: pieces of text that show its writing
WITHIN_TEXT = frozenset((*CONTENTS, *SUMMARIES))
Children = dict[str, list[etree._Element]]


@dataclass(frozen=True, slots=True)
class _Context:
    names: Names
    base: str | None
    chinese: bool


def read_xml_feed(root: etree._Element) -> Feed:
    """Return the feed below the root. Raises NotAFeed where it has more entries than any feed may."""
    names = Names(root)
    channel = next((node for node in root.iter(etree.Element) if names.of(node) == "channel"), root)
    about = names.children(channel)
    elements = list(_entries(root, names))
    if len(elements) > MAX_ENTRIES:
        raise NotAFeed(f"条目超过 {MAX_ENTRIES} 条，不予读取")
    title = _first_title(about)
    titles = [title or "", *(_first_title(names.children(element)) or "" for element in elements)]
    written = titles if any(titles) else list(islice(root.itertext(), SAMPLE_TEXTS))
    language = _first_plain(about, LANGUAGES) or channel.get(f"{XML}lang") or root.get(f"{XML}lang")
    home = next((link for link in _links(about, None) if link.startswith(("http://", "https://"))), None)
    context = _Context(names, home, is_chinese(language, written))
    return Feed(title=title, entries=tuple(_entry(element, context) for element in elements))


def _entries(root: etree._Element, names: Names) -> Iterator[etree._Element]:
    for node in root.iter(etree.Element):
        if names.of(node) in ENTRIES and not any(names.of(above) in WITHIN_TEXT for above in node.iterancestors()):
            yield node


def _entry(element: etree._Element, context: _Context) -> Entry:
    names, children = context.names, context.names.children(element)
    content = _first_value(children, CONTENTS)
    shown = content or _summary(element, children, context)
    player = next(
        (url for node in names.below(element, ["media:player"]) if (url := _address(node, "url", context))), None
    )
    return Entry(
        id=_id(element, children, context),
        link=_link(children, context),
        title=_first_title(children),
        published=_published(children, context),
        text=(shown.text or None) if shown else None,
        markup=content.markup if content else None,
        base=element.base or context.base,
        enclosures=tuple(_enclosures(element, children, context)),
        player=player,
        author=read_byline(children),
    )


def _summary(element: etree._Element, children: Children, context: _Context) -> Value | None:
    media = {"media:description": list(context.names.below(element, MEDIA_SUMMARIES))}
    return (
        _first_value(children, SUMMARIES)
        or _first_value(media, MEDIA_SUMMARIES)
        or _first_value(children, LAST_SUMMARIES)
    )


def _first_title(children: Children) -> str | None:
    found = (read_title(name, element) for name in TITLES for element in children.get(name, ()))
    return next((title for title in found if title), None)


def _first_value(children: Children, wanted: Iterable[str]) -> Value | None:
    found = (read_value(name, element) for name in wanted for element in children.get(name, ()))
    return next((value for value in found if value and value.content.strip()), None)


def _first_plain(children: Children, wanted: Iterable[str]) -> str | None:
    found = (read_plain(element) for name in wanted for element in children.get(name, ()))
    return next((text for text in found if text), None)


def _id(element: etree._Element, children: Children, context: _Context) -> str | None:
    about = (
        value for key, value in element.attrib.items() if str(key).rpartition("}")[2].rpartition(":")[2] == "about"
    )
    return _first_plain(children, IDS) or next((str(value).strip() for value in about if str(value).strip()), None)


def _link(children: Children, context: _Context) -> str | None:
    """RSS `link`, else an Atom link to the alternate, else a guid that may be an address."""
    link = next(_links(children, context.base), None)
    if link is not None:
        return link
    for guid in children.get("guid", ()):
        text, claim = read_plain(guid), (guid.get("isPermaLink") or guid.get("ispermalink") or "").strip().lower()
        is_address = text.lower().startswith(("http://", "https://"))
        if text and claim != "false" and (is_address or claim == "true"):
            return resolve(guid, text, context.base)
    return None


def _links(children: Children, base: str | None) -> Iterator[str]:
    """Every address that the links name for the entry itself, the best first."""
    elements = [element for name in LINKS for element in children.get(name, ())]
    for element in elements:
        if not element.get("href") and (text := read_plain(element)):
            yield resolve(element, text, base)
    alternates = [
        node for node in elements if (node.get("rel") or "").strip().lower() in ALTERNATE and node.get("href")
    ]
    for element in sorted(alternates, key=_is_other_than_page):  # stable: the document's order within each
        yield resolve(element, element.get("href", "").strip(), base)


def _is_other_than_page(link: etree._Element) -> bool:
    kind = (link.get("type") or "html").lower()
    return "html" not in kind


def _published(children: Children, context: _Context) -> Published | None:
    # Of one name stated twice the later holds, as feedparser has always read it.
    texts = (read_plain(element) for name in DATES for element in reversed(children.get(name, [])))
    found = (read_time(text, chinese=context.chinese) for text in texts)
    return next((time for time in found if time), None)


def _enclosures(element: etree._Element, children: Children, context: _Context) -> Iterator[Enclosure]:
    seen: set[str] = set()
    links = [
        node for name in LINKS for node in children.get(name, ()) if (node.get("rel") or "").lower() == "enclosure"
    ]
    contents = context.names.below(element, ["media:content"])
    for node, attribute in (
        *((node, "url") for node in children.get("enclosure", ())),
        *((node, "href") for node in links),
        *((node, "url") for node in contents),
    ):
        address = _address(node, attribute, context)
        if address and address not in seen:
            seen.add(address)
            yield Enclosure(url=address, type=(node.get("type") or node.get("medium") or "").strip())


def _address(node: etree._Element, attribute: str, context: _Context) -> str | None:
    address = (node.get(attribute) or "").strip()
    return resolve(node, address, context.base) if address else None
