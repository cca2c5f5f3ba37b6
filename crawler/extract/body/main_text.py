"""Find the main text of a page: each block scores by its looks, its place and the votes of independent readers."""

import copy
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.body.blocks import Block, plain_text, read_blocks, squeeze
from crawler.extract.body.boilerplate import FOOT_TEXT, is_sentence
from crawler.extract.body.containers import named_container
from crawler.extract.body.excluded import Tree, excluded_elements, foot_elements, sum_up
from crawler.extract.body.readers import votes

UNWANTED = "unwanted"  # a name that HTML does not have
UNSEEN_TAGS = ("script", "style", "link", "meta")
# Worth of one character: prose counts for, links and boilerplate against; a reader's vote moves it up or down.
PROSE, SHORT, LINK, BOILERPLATE, FOOT = 1.0, -0.1, -1.2, -1.6, -3.0
VOTED_IN, VOTED_OUT = 0.6, -0.35
FOOT_CHARS = 400  # a longer block that mentions a copyright is prose about it
AGREED_SHARE = 0.6
# A named element is the article from so many characters on, and where it has so much of the prose on the page.
NAMED_CHARS, NAMED_SHARE = 30, 0.5
# So much of all prose, boilerplate's too, in one place leaves no doubt; of that, so much leaves none about its element.
SURE_CHARS, SURE_SHARE, NARROW_SHARE = 80.0, 0.85, 0.93
BESIDE_SHARE = 2.0  # so much prose in paragraphs beside the best one, itself counted, is one article with it
PRUNED_BELOW = -60.0  # a list of links inside the article of less worth than this is taken out


@dataclass(frozen=True, slots=True)
class Body:
    """The article. source: its element in the page given. node: a copy without boilerplate. text: one block a line."""

    source: HtmlElement
    node: HtmlElement
    text: str


@dataclass(frozen=True, slots=True)
class _Weighed:
    block: Block
    plain: str
    votes: int = 0
    against: int = 0


def read_body(page: HtmlElement, blocks: Sequence[Block] | None = None) -> Body | None:
    """Return the main text, or None where nothing on the page reads like an article. blocks: the page's, if known.

    Scripts and styles are taken out of the page given. Other readers are asked only where the page does not tell.
    """
    etree.strip_elements(page, *UNSEEN_TAGS, with_tail=False)
    tree, blocks = Tree(page), list(blocks or read_blocks(page))
    foot = foot_elements(tree, blocks)
    weighed: Sequence[_Weighed] = [_Weighed(each, squeeze(each.text)) for each in blocks if each.node not in foot]
    excluded = foot | excluded_elements(page, [(each.block, float(len(each.plain))) for each in weighed], tree)
    if (settled := _settled(tree, weighed, excluded)) is not None:
        return _body(tree, settled, weighed, excluded)
    weighed = _with_votes(page, weighed)
    worth = [(each.block, len(each.plain) * (1.0 + each.votes)) for each in weighed]
    excluded = foot | excluded_elements(page, worth, tree)
    body = _choose(tree, weighed, excluded)
    if not _holds_what_all_found(body, weighed):
        # The names on the page mislead: without them the blocks speak for themselves.
        body = _choose(tree, weighed, foot)
    return body


def _settled(tree: Tree, weighed: Sequence[_Weighed], excluded: Set[HtmlElement]) -> HtmlElement | None:
    """The article where the page itself leaves no doubt: its system names it, or nearly all prose stands in it."""
    kept = [each for each in weighed if each.block.node not in excluded]
    prose = sum_up(tree, ((each.block.node, float(len(each.plain))) for each in kept if is_sentence(each.block)))
    told = sum_up(tree, ((each.block.node, float(each.block.chars - each.block.link_chars)) for each in kept))
    named = named_container(tree.nodes, told)
    if named is not None and told[named] >= NAMED_CHARS:
        is_it = prose.get(named, 0.0) >= NAMED_SHARE * prose.get(tree.nodes[0], 0.0)
        return _within(named, tree, weighed, excluded) if is_it else None
    worth = sum_up(tree, ((each.block.node, _worth(each, excluded)) for each in weighed))
    best = max(worth, key=lambda node: worth[node], default=None)
    all_prose = sum(len(each.plain) for each in weighed if is_sentence(each.block))
    if best is None or prose.get(best, 0.0) < max(SURE_CHARS, SURE_SHARE * all_prose):
        return None
    return _narrowed(best, prose)


def _within(named: HtmlElement, tree: Tree, weighed: Sequence[_Weighed], excluded: Set[HtmlElement]) -> HtmlElement:
    """The named element, or the one inside it that is worth more by what a list of links takes away."""
    # Short lines are no fault there: tables of a notice, lists of winners.
    told = ((each.block.node, _worth(each, excluded, short=0.0)) for each in weighed)
    worth = sum_up(tree, told)
    best = max((node for node in named.iter() if node in worth), key=lambda node: worth[node], default=named)
    return best if worth[best] + PRUNED_BELOW > worth[named] else named


def _narrowed(best: HtmlElement, prose: Mapping[HtmlElement, float]) -> HtmlElement:
    """The innermost element with nearly all prose of the one given: beside it stand boxes about author and paper."""
    whole, node = prose[best], best
    while (inner := next((child for child in node if prose.get(child, 0.0) >= NARROW_SHARE * whole), None)) is not None:
        node = inner
    return node


def _choose(tree: Tree, weighed: Sequence[_Weighed], excluded: Set[HtmlElement]) -> Body | None:
    worth = sum_up(tree, ((each.block.node, _worth(each, excluded)) for each in weighed))
    if not worth or max(worth.values()) <= 0:
        return None
    best = max(worth, key=lambda node: worth[node])
    return _body(tree, _with_its_like(best, weighed, excluded), weighed, excluded)


def _with_its_like(best: HtmlElement, weighed: Sequence[_Weighed], excluded: Set[HtmlElement]) -> HtmlElement:
    """What holds a paragraph and more prose beside it: long lists in the same place may outweigh them all together."""
    parent = best.getparent()
    if best.tag != "p" or parent is None:
        return best
    prose = {each.block.node: len(each.plain) for each in weighed if is_sentence(each.block)}
    beside = sum(chars for node, chars in prose.items() if node.getparent() is parent and node not in excluded)
    return parent if beside >= BESIDE_SHARE * prose.get(best, 0) > 0 else best


def _body(tree: Tree, best: HtmlElement, weighed: Sequence[_Weighed], excluded: Set[HtmlElement]) -> Body | None:
    # Short lines are no fault there: a list of winners.
    worth = sum_up(tree, ((each.block.node, _worth(each, excluded, short=0.0)) for each in weighed))
    article = _without(best, {node for node in best.iter() if node in excluded or worth.get(node, 0.0) < PRUNED_BELOW})
    text = plain_text(article)
    return Body(best, article, text) if text else None


def _holds_what_all_found(body: Body | None, weighed: Sequence[_Weighed]) -> bool:
    agreed = [each.plain for each in weighed if each.votes and not each.against and is_sentence(each.block)]
    text = squeeze(body.text) if body else ""
    return sum(len(plain) for plain in agreed if plain in text) >= AGREED_SHARE * sum(map(len, agreed))


def _with_votes(page: HtmlElement, weighed: Sequence[_Weighed]) -> Sequence[_Weighed]:
    texts = votes(page)
    found = [sum(each.plain in text for text in texts) for each in weighed]
    return [
        replace(each, votes=number, against=len(texts) - number) for each, number in zip(weighed, found, strict=True)
    ]


def _worth(each: _Weighed, excluded: Set[HtmlElement], *, short: float = SHORT) -> float:
    block, share = each.block, each.block.link_chars / max(each.block.chars, 1)
    if block.chars < FOOT_CHARS and FOOT_TEXT.search(block.text):
        char = FOOT
    elif block.node in excluded:
        char = BOILERPLATE
    else:
        char = (PROSE if is_sentence(block) else short) * (1 - share) + LINK * share
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
