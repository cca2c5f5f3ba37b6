"""Find the text of a notice that has next to none: 详见附件, a list of enclosures, a line under a poster."""

import copy
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.blocks import BLOCK_TAGS, inner_text, plain_text, read_blocks
from crawler.extract.body.boilerplate import FOOT_TEXT, NEIGHBOUR, RELATED_HEADS, is_boilerplate, is_hidden
from crawler.extract.body.main_text import Body
from crawler.extract.fields.date_lines import is_fact_line
from crawler.extract.media import DOCUMENT_FILE

FACTS_CHARS, TEXT_CHARS = 120, 400
LEVELS, SIBLINGS = 3, 4  # elements around the line of facts, and behind each, that are looked at


def behind_facts(body: Body) -> Body:
    """Return what stands behind the line of facts that was taken for the article; any other article as it is."""
    text = " ".join(body.text.split())
    if len(text) > FACTS_CHARS or not is_fact_line(text, chinese=True):
        return body
    node = body.source
    for _ in range(LEVELS):
        for sibling in islice(node.itersiblings(), SIBLINGS):
            said = inner_text(sibling, most=TEXT_CHARS) if sibling.tag in BLOCK_TAGS else ""
            if NEIGHBOUR.match(said) or RELATED_HEADS.match(said) or FOOT_TEXT.search(said) or len(said) > TEXT_CHARS:
                return body
            if said and not (is_boilerplate(sibling) or is_hidden(sibling)) and _is_told(sibling):
                return Body(source=sibling, node=_copy(sibling), text=plain_text(sibling))
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return body
        node = parent
    return body


def _is_told(node: HtmlElement) -> bool:
    """Whether an element says something itself, or leads to files: not the menu that follows an empty article."""
    if any(block.link_chars * 2 < block.chars for block in read_blocks(node)):
        return True
    return all(DOCUMENT_FILE.search(link.get("href") or "") for link in node.iter("a"))


def _copy(node: HtmlElement) -> HtmlElement:
    copied = copy.deepcopy(node)
    copied.tail = None
    return copied
