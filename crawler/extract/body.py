"""Main text of a page: every block of text is weighed by its looks, its place and the votes of independent readers."""

import copy
from collections.abc import Sequence, Set
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.blocks import Block, plain_text, read_blocks, squeeze
from crawler.extract.furniture import FOOT_TEXT, is_sentence
from crawler.extract.outside import sum_up, what_is_outside
from crawler.extract.readers import votes

UNWANTED = "unwanted"  # a name that HTML does not have
UNSEEN_TAGS = ("script", "style", "link", "meta")
# Worth of one character: prose counts for, links and furniture against; a reader's vote moves it up or down.
PROSE, SHORT, LINK, FURNITURE, FOOT = 1.0, -0.1, -1.2, -1.6, -3.0
VOTED_IN, VOTED_OUT = 0.6, -0.35
FOOT_CHARS = 400  # a longer block that mentions a copyright is prose about it
AGREED_SHARE = 0.6
PRUNED_BELOW = -60.0  # a list of links inside the article of less worth than this is taken out


@dataclass(frozen=True, slots=True)
class Body:
    """The article. source: its element in the page given. node: a copy without furniture. text: one block a line."""

    source: HtmlElement
    node: HtmlElement
    text: str


@dataclass(frozen=True, slots=True)
class _Weighed:
    block: Block
    plain: str
    votes: int
    against: int


def read_body(page: HtmlElement) -> Body | None:
    """Return the main text, or None where nothing on the page reads like an article.

    Scripts and styles are taken out of the page given.
    """
    etree.strip_elements(page, *UNSEEN_TAGS, with_tail=False)
    weighed = _weigh(page)
    outside = what_is_outside(page, [(each.block, len(each.plain) * (1.0 + each.votes)) for each in weighed])
    body = _choose(page, weighed, outside)
    if not _holds_what_all_found(body, weighed):
        # The names on the page mislead: without them the blocks speak for themselves.
        body = _choose(page, weighed, frozenset())
    return body


def _choose(page: HtmlElement, weighed: Sequence[_Weighed], outside: Set[HtmlElement]) -> Body | None:
    worth = sum_up(page, ((each.block.node, _worth(each, outside)) for each in weighed))
    if not worth or max(worth.values()) <= 0:
        return None
    best = max(worth, key=lambda node: worth[node])
    article = _without(best, {node for node in best.iter() if node in outside or worth.get(node, 0.0) < PRUNED_BELOW})
    text = plain_text(article)
    return Body(best, article, text) if text else None


def _holds_what_all_found(body: Body | None, weighed: Sequence[_Weighed]) -> bool:
    agreed = [each.plain for each in weighed if each.votes and not each.against and is_sentence(each.block)]
    text = squeeze(body.text) if body else ""
    return sum(len(plain) for plain in agreed if plain in text) >= AGREED_SHARE * sum(map(len, agreed))


def _weigh(page: HtmlElement) -> Sequence[_Weighed]:
    texts = votes(page)
    weighed = []
    for block in read_blocks(page):
        plain = squeeze(block.text)
        found = sum(plain in text for text in texts)
        weighed.append(_Weighed(block, plain, found, len(texts) - found))
    return weighed


def _worth(each: _Weighed, outside: Set[HtmlElement]) -> float:
    block, share = each.block, each.block.link_chars / max(each.block.chars, 1)
    if block.chars < FOOT_CHARS and FOOT_TEXT.search(block.text):
        char = FOOT
    elif block.node in outside:
        char = FURNITURE
    else:
        char = (PROSE if is_sentence(block) else SHORT) * (1 - share) + LINK * share
    return len(each.plain) * (char + each.votes * VOTED_IN + each.against * VOTED_OUT)


def _without(best: HtmlElement, unwanted: Set[HtmlElement]) -> HtmlElement:
    """Return a copy of the element without the unwanted ones below it."""
    places = {place for place, node in enumerate(best.iter()) if node in unwanted and node is not best}
    article = copy.deepcopy(best)
    article.tail = None
    for place, node in enumerate(article.iter()):
        if place in places:
            node.tag = UNWANTED
    # All at once: one by one, each would copy the text that the ones before it left behind.
    etree.strip_elements(article, UNWANTED, with_tail=False)
    return article
