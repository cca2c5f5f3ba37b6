"""Parse the XML of a feed into a tree, however ill-formed it is; entities of the document are never resolved.

The document type is taken out before parsing, so nothing can be fetched and nothing can grow: of its entities only
short plain words are put in, by hand.
"""

import re
from collections.abc import Iterator
from functools import partial
from html.entities import html5, name2codepoint
from xml.sax.saxutils import escape

from lxml import etree

from crawler.feeds.entries import NotAFeed
from indexer.base.text import unescaped

MAX_TAGS = 1_500_000
PROLOGUE_CHARS = 65_536  # comments and warnings of broken programs stand before the root element
XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# C1 controls are none in any feed: bytes of Windows-1252 that were taken for Latin-1.
WINDOWS = {code: unescaped(f"&#{code};") for code in range(0x80, 0xA0)}
OPENER = re.compile(r"<!--|<!\[CDATA\[|<\?|<!DOCTYPE", re.IGNORECASE)
CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
SUBSET_END = re.compile(r"\]\s*>")
ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]{1,40})\s+(?:(["'])(&#\w{1,7};|[^"'&%<>]{0,40})\2\s*>)?""", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][\w.-]{0,40});)?")
STRAY_LESS = re.compile(r"<(?![\w/!:])")
ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|rdf|feed|entry|channel|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
HTML_ROOT = re.compile(r"<html[\s>]", re.IGNORECASE)


def parse_xml(text: str, *, url: str | None) -> etree._Element:
    """Return the root element of a feed or sitemap. Raises NotAFeed where there is none."""
    document = _mended(ILLEGAL.sub("", text.translate(WINDOWS)))
    root = ROOT.search(document, 0, PROLOGUE_CHARS)
    if root is None or HTML_ROOT.search(document, 0, root.start()):
        raise NotAFeed("内容不是 RSS、Atom、JSON Feed 或站点地图")
    if document.count("<") > MAX_TAGS:
        raise NotAFeed(f"标签超过 {MAX_TAGS} 个，不予读取")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    data = document[root.start() :].encode("utf-8", errors="replace")
    try:
        tree: etree._Element | None = etree.fromstring(data, parser, base_url=url)
    except etree.XMLSyntaxError as error:
        raise NotAFeed("内容无法按 XML 读取") from error
    if tree is None:
        raise NotAFeed("内容无法按 XML 读取")
    return tree


def _mended(text: str) -> str:
    """The document without its type, comments and instructions, and with every stray `&` and `<` written as text."""
    entities: dict[str, str] = {}
    pieces: list[str] = []
    for opener, piece in _sections(text):
        if opener == "<!DOCTYPE":
            entities |= {found[1]: unescaped(found[3] or "") for found in ENTITY.finditer(piece)}
        elif opener == "<![CDATA[":
            pieces.append(piece)
        elif not opener:
            pieces.append(STRAY_LESS.sub("&lt;", REFERENCE.sub(partial(_reference, entities), piece)))
    document = "".join(pieces)
    last = document.rfind("<")
    return document if document.find(">", last) >= 0 else document[: max(last, 0)]  # no tag cut off in the middle


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield (opener, section) in order; the opener is empty for ordinary text. Linear in the length of the text."""
    place = 0
    endless: set[str] = set()
    for match in OPENER.finditer(text):
        opener = match.group().upper()
        if match.start() < place or opener in endless:
            continue
        end = _end(text, opener, match.end())
        if end < 0:
            endless.add(opener)
            continue
        yield "", text[place : match.start()]
        yield opener, text[match.start() : end]
        place = end
    yield "", text[place:]


def _end(text: str, opener: str, start: int) -> int:
    """Return the place behind the section's end, -1 where it has none."""
    if opener == "<!DOCTYPE":
        limit = start + PROLOGUE_CHARS
        close, subset = text.find(">", start, limit), text.find("[", start, limit)
        if 0 <= subset < close:
            found = SUBSET_END.search(text, subset, limit)
            return found.end() if found else -1
        return close + 1 if close >= 0 else -1
    closer = CLOSERS[opener]
    end = text.find(closer, start)
    return end + len(closer) if end >= 0 else -1


def _reference(entities: dict[str, str], match: re.Match[str]) -> str:
    """What stands for one `&`: a predefined or numbered character, an HTML name, a word of the document, or itself."""
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name in XML_ENTITIES:
        return f"&{name};"
    if name in entities:
        return escape(entities[name])
    if name in name2codepoint:  # HTML 4, whose 〈 is not that of HTML 5
        return chr(name2codepoint[name])
    if name.startswith("#") or f"{name};" in html5:
        return escape(ILLEGAL.sub("", unescaped(f"&{name};")))
    return f"&amp;{name};"
