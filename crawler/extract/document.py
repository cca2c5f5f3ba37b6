"""Parse a page into a tree that later steps can rely on, however broken the page is."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extract.flood import find_flood

PAGE_CHARS = 8_000_000
MAX_TAGS = 200_000  # more is an attack or no page: what follows is cut off
PIECE_TAGS = 20_000  # of one article: an HTML5 parser looks through all open elements at some tags
PIECE_DEPTH = 2000  # of elements at which it does so each time
DEEPENING = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form"
    r"|header|hgroup|listing|main|menu|nav|ol|pre|search|section|summary|ul)(?=[\s/>])",
    re.IGNORECASE,
)
# Their comparisons (`i<n`) look like tags; what has no end is one to the end of the page.
# Letters of both cases: a pattern that ignores case cannot be looked for by its first letters, and takes much longer.
SCRIPT = re.compile(r"<[sS][cC][rR][iI][pP][tT]\b.*?(?:</[sS][cC][rR][iI][pP][tT]\s*>|\Z)", re.DOTALL)
# An HTML5 parser opens these again in every later paragraph, each with its attributes, of which none is ever shown;
# without attributes at most three of a kind.
REOPENED = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])[^>]*+(?:>|\Z)", re.IGNORECASE)
# An included header may close the page before the article begins; parsers then differ in what they keep.
CLOSERS = re.compile(r"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")
# libxml2 does not know that `embed` is void: it would take the rest of the article for the player's content.
EMBED = re.compile(r"<[eE][mM][bB][eE][dD]\b([^<>]{0,4000})>")
EMBED_END = re.compile(r"</[eE][mM][bB][eE][dD]\s*>")
PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
INCLUDE, MOST_INCLUDES = "<!--", 500  # of server-side includes, as libxml2 takes them for in an attribute
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MARKUP = re.compile(r"<[A-Za-z!/]")


def parse(text: str) -> HtmlElement | None:
    """Return the root element, or None where the text holds no mark-up at all."""
    text = CONTROL.sub("", PROLOGUE.sub("", text[:PAGE_CHARS]))
    if not MARKUP.search(text):
        return None
    text = EMBED.sub(
        r"<embed\1></embed>", EMBED_END.sub("", CLOSERS.sub("", _before_flood(_cut(text, MAX_TAGS), SCRIPT)))
    )
    try:
        root = document_fromstring(text.encode("utf-8", errors="replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if not isinstance(root, HtmlElement):
        return None
    if text.count(INCLUDE) > MOST_INCLUDES:
        _strip_includes(root)
    return root


def _strip_includes(root: HtmlElement) -> None:
    """Take them out of attributes: writing the tree, libxml2 looks for the end of each to the end of the value."""
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if INCLUDE in value:
                node.set(name, value.replace(INCLUDE, ""))


def fragment(text: str) -> HtmlElement:
    """Return a `div` that holds the parsed piece of HTML."""
    root = parse(f"<html><body><div>{text}</div></body></html>")
    found = root.find(".//div") if root is not None else None
    return found if found is not None else HtmlElement()


def bounded(piece: str) -> str:
    """Return a piece of HTML of which any HTML5 parser makes a tree in bounded time: cut where it is an attack."""
    without_scripts = SCRIPT.sub("", piece[:PAGE_CHARS])
    return _before_flood(_before_depth(_cut(REOPENED.sub(r"<\1>", without_scripts), PIECE_TAGS)))


def _before_depth(text: str) -> str:
    """The text up to the element that stands deeper than any honest one: each costs a look through all around it."""
    depth = 0
    for tag in DEEPENING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > PIECE_DEPTH:
            return text[: tag.start()]
    return text


def _before_flood(text: str, passed_over: re.Pattern[str] | None = None) -> str:
    """The text up to the first tag with more attributes than any honest one: every place that may be a tag is tried."""
    looked_at = passed_over.sub(lambda found: " " * len(found[0]), text) if passed_over else text
    return text[: find_flood(looked_at)]


def _parser() -> HTMLParser:
    # huge_tree: pages of 8 MB and nesting beyond 256 are cut by libxml2 otherwise, at a place of its choosing.
    parser = HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, huge_tree=True)
    # One class for all elements: lxml.html's own lookup is a Python function, called for each of them.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _cut(text: str, most: int) -> str:
    if text.count("<") <= most:
        return text
    place = 0
    for _ in range(most):
        place = text.find("<", place) + 1
    return text[: place - 1]
