"""Ask trafilatura and readability for a page's main text: each votes for the blocks that it takes for the article."""

import copy
import logging
from collections.abc import Callable

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, tostring
from readability import Document

from crawler.extract.body.blocks import squeeze
from crawler.extract.document import fragment

MAX_ELEMENTS = 20_000  # beyond it the libraries take seconds; main_text.py decides without their votes
MAX_DEPTH = 200  # they walk recursively
MAX_CHARS = 300_000  # of text: each block is looked for in what they found
# Of text, each character as often as elements lie around it: readability reads the text of each element anew. Of the
# captured pages none has 300,000; a page of a hundred layers that it takes over a second for has 1,800,000.
MAX_LAYERED_CHARS = 1_000_000
MIN_VOTE_CHARS = 40

Reader = Callable[[HtmlElement], str]

# Both log every odd page at warning level; the page is what is odd, and the vote says so already.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


def votes(root: HtmlElement) -> tuple[str, ...]:
    """Return the squeezed text that each reader found; one that found next to nothing has no vote."""
    if not _is_bearable(root):
        return ()
    found = (squeeze(read(root)) for read in (read_by_readability, read_by_trafilatura))
    return tuple(text for text in found if len(text) >= MIN_VOTE_CHARS)


def read_by_readability(root: HtmlElement) -> str:
    """Return the main text by readability-lxml (link density and class names), or nothing."""
    try:
        summary = Document(tostring(root, encoding="unicode")).summary(html_partial=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        # readability raises its own Unparseable (a ValueError) and trips over odd trees in as many ways.
        return ""
    return str(fragment(summary).text_content())


def read_by_trafilatura(root: HtmlElement) -> str:
    """Return the main text by trafilatura (rules of XPath), or nothing."""
    try:
        text = trafilatura.extract(copy.deepcopy(root), include_comments=False, include_tables=True, fast=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return ""
    return text or ""


def _is_bearable(root: HtmlElement) -> bool:
    count = depth = chars = layered = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        count += event == "start"
        depth += 1 if event == "start" else -1
        held = len((node.text if event == "start" else node.tail) or "")
        chars, layered = chars + held, layered + held * depth
        if count > MAX_ELEMENTS or depth > MAX_DEPTH or chars > MAX_CHARS or layered > MAX_LAYERED_CHARS:
            return False
    return True
