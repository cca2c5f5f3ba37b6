"""Text of a page → a tree that later steps can rely on, however broken the page is."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

PAGE_CHARS = 8_000_000
MAX_TAGS = 200_000  # more is an attack or no page: what follows is cut off
# An included header may close the page before the article begins; parsers then differ in what they keep.
CLOSERS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# libxml2 does not know that `embed` is void: it would take the rest of the article for the player's content.
EMBED, EMBED_END = re.compile(r"<embed\b([^<>]{0,4000})>", re.IGNORECASE), re.compile(r"</embed\s*>", re.IGNORECASE)
PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MARKUP = re.compile(r"<[A-Za-z!/]")


def parse(text: str) -> HtmlElement | None:
    """Return the root element, or None where the text holds no mark-up at all."""
    text = CONTROL.sub("", PROLOGUE.sub("", text[:PAGE_CHARS]))
    if not MARKUP.search(text):
        return None
    text = EMBED.sub(r"<embed\1></embed>", EMBED_END.sub("", CLOSERS.sub("", _cut(text))))
    try:
        root = document_fromstring(text.encode("utf-8", errors="replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root if isinstance(root, HtmlElement) else None


def fragment(text: str) -> HtmlElement:
    """Return a `div` that holds the parsed piece of HTML."""
    root = parse(f"<html><body><div>{text}</div></body></html>")
    found = root.find(".//div") if root is not None else None
    return found if found is not None else HtmlElement()


def _parser() -> HTMLParser:
    # huge_tree: pages of 8 MB and nesting beyond 256 are cut by libxml2 otherwise, at a place of its choosing.
    return HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, huge_tree=True)


def _cut(text: str) -> str:
    if text.count("<") <= MAX_TAGS:
        return text
    place = 0
    for _ in range(MAX_TAGS):
        place = text.find("<", place) + 1
    return text[: place - 1]
