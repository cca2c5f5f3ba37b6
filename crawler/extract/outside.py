"""Which elements of a page stand outside its article: named as furniture, or headed by words such as 相关阅读."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, read_blocks
from crawler.extract.furniture import COMMENT_HEADS, RELATED_HEADS, is_comment, is_furniture, is_hidden, is_sentence

HEAD_CHARS = 60
MAX_HEADS, MAX_SIBLINGS, MAX_ANCESTORS = 100, 500, 500  # no honest page has more
# The largest share of the page's prose that a thing of this name may hold; beyond it the name misleads.
COMMENT_SHARE, FURNITURE_SHARE = 0.85, 0.4


def what_is_outside(page: HtmlElement, weighed: Sequence[tuple[Block, float]]) -> Set[HtmlElement]:
    """Return all elements outside the article, those below them included. weighed: each block and its weight."""
    prose = sum_up(page, ((block.node, weight) for block, weight in weighed if is_sentence(block)))
    sections = set(_headed_sections(page, [block for block, _ in weighed]))
    left = prose.get(page, 0.0)
    found: set[HtmlElement] = set()
    for node in page.iter():
        if node.getparent() in found:
            found.add(node)
        elif isinstance(node.tag, str) and node.tag not in ("html", "body") and (share := _allowed(node, sections)):
            amount = prose.get(node, 0.0)
            if amount <= share * left:
                left -= amount
                found.add(node)
    return found


def sum_up(page: HtmlElement, amounts: Iterable[tuple[HtmlElement, float]]) -> Mapping[HtmlElement, float]:
    """Return for each element with text what it and everything below it amounts to; the innermost come first."""
    own: defaultdict[HtmlElement, float] = defaultdict(float)
    for node, amount in amounts:
        own[node] += amount
    # One pass from the end: children come before their parents, however deep a hostile page is nested.
    sums: dict[HtmlElement, float] = {}
    for node in reversed(list(page.iter())):
        if node in own or node in sums:
            sums[node] = sums.get(node, 0.0) + own.get(node, 0.0)
            if (parent := node.getparent()) is not None and node is not page:
                sums[parent] = sums.get(parent, 0.0) + sums[node]
    return sums


def _allowed(node: HtmlElement, sections: Set[HtmlElement]) -> float:
    """The largest share of the prose that the element may hold and still be outside; 0: it is none."""
    if node in sections or is_comment(node):
        return COMMENT_SHARE
    return FURNITURE_SHARE if is_furniture(node) or is_hidden(node) else 0.0


def _headed_sections(page: HtmlElement, blocks: Sequence[Block]) -> Iterator[HtmlElement]:
    """Elements that begin with such a head, and those beside the head that follow it."""
    # Counted once: a page of heads would be read anew behind each of them.
    prose = sum_up(page, ((block.node, 1.0) for block in blocks if is_sentence(block) and not block.link_chars))
    heads = (place for place, block in enumerate(blocks[:-1]) if _is_head(block))
    for place in islice(heads, MAX_HEADS):
        block = blocks[place]
        following_node = blocks[place + 1].node
        around = {following_node, *islice(following_node.iterancestors(), MAX_ANCESTORS)}
        head: HtmlElement = block.node
        while head not in around and (parent := head.getparent()) is not None and parent not in around:
            head = parent
        if head in around or not _begins(head, block):
            continue
        yield head
        following = islice(head.itersiblings(), MAX_SIBLINGS)
        # Comments go on to the end; after a box of links in mid-article the article goes on.
        goes_on = COMMENT_HEADS.match(block.text)
        yield from following if goes_on else takewhile(lambda node: node not in prose, following)


def _is_head(block: Block) -> bool:
    if block.chars > HEAD_CHARS:
        return False
    return bool(COMMENT_HEADS.match(block.text) or RELATED_HEADS.match(block.text))


def _begins(node: HtmlElement, block: Block) -> bool:
    first = next(read_blocks(node), None)
    return first is not None and first.text == block.text
