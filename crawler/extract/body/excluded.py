"""Find what is no part of the article: boilerplate, and sections under heads such as 相关阅读."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.body.blocks import Block, read_blocks
from crawler.extract.body.boilerplate import (
    COMMENT_HEADS,
    CONTACT,
    FOOT_TEXT,
    NEIGHBOUR,
    RELATED_HEADS,
    is_boilerplate,
    is_comment,
    is_hidden,
    is_sentence,
)

HEAD_CHARS = 60
MAX_HEADS, MAX_SIBLINGS, MAX_ANCESTORS = 100, 500, 500  # no honest page has more
# The largest share of the page's prose that a thing of this name may hold; beyond it the name misleads.
COMMENT_SHARE, BOILERPLATE_SHARE = 0.85, 0.4
LAST_BLOCKS = 200  # of the page, among which the way to the next article is looked for
MOST_OF_FOOT = 60  # last blocks of the page that may be of its foot
FOOT_BLOCKS, FOOT_CHARS = 16, 400  # last blocks of the page, among which its foot stands; of one of its lines


class Tree:
    """The elements of a page in their order, each with the place of its parent: known once, summed up often."""

    def __init__(self, page: HtmlElement) -> None:
        self.nodes: list[HtmlElement] = list(page.iter())
        self.place = {node: place for place, node in enumerate(self.nodes)}
        self.parents = [self.place.get(node.getparent(), 0) for node in self.nodes]


def excluded_elements(
    page: HtmlElement, weighed: Sequence[tuple[Block, float]], tree: Tree | None = None
) -> Set[HtmlElement]:
    """Return the elements that are no part of the article, with all below them. weighed: each block and its weight."""
    tree = tree or Tree(page)
    prose = sum_up(tree, ((block.node, weight) for block, weight in weighed if is_sentence(block)))
    blocks = [block for block, _ in weighed]
    sections = {*_headed_sections(tree, blocks), *_neighbours(blocks)}
    left = prose.get(page, 0.0)
    found: set[HtmlElement] = set()
    is_out = [False] * len(tree.nodes)
    for place, (node, parent) in enumerate(zip(tree.nodes, tree.parents, strict=True)):
        if is_out[parent]:
            is_out[place] = True
            found.add(node)
        elif isinstance(node.tag, str) and node.tag not in ("html", "body") and (share := _allowed(node, sections)):
            amount = prose.get(node, 0.0)
            if amount <= share * left:
                left -= amount
                is_out[place] = True
                found.add(node)
    return found


def sum_up(tree: Tree, amounts: Iterable[tuple[HtmlElement, float]]) -> Mapping[HtmlElement, float]:
    """Return for each element with text what it and everything below it amounts to; the innermost come first."""
    sums = [0.0] * len(tree.nodes)
    has_any = [False] * len(tree.nodes)
    for node, amount in amounts:
        place = tree.place[node]
        sums[place] += amount
        has_any[place] = True
    # One pass from the end: children come before their parents, however deep a hostile page is nested.
    for place in range(len(sums) - 1, 0, -1):
        if has_any[place]:
            parent = tree.parents[place]
            sums[parent] += sums[place]
            has_any[parent] = True
    return {tree.nodes[place]: sums[place] for place in range(len(sums) - 1, -1, -1) if has_any[place]}


def _allowed(node: HtmlElement, sections: Set[HtmlElement]) -> float:
    """The largest share of the prose that the element may hold and still be excluded; 0: it may not be."""
    if node in sections or is_comment(node):
        return COMMENT_SHARE
    return BOILERPLATE_SHARE if is_boilerplate(node) or is_hidden(node) else 0.0


def _headed_sections(tree: Tree, blocks: Sequence[Block]) -> Iterator[HtmlElement]:
    """Elements that begin with such a head, and those beside the head that follow it."""
    # Counted once: a page of heads would be read anew behind each of them.
    prose = sum_up(tree, ((block.node, 1.0) for block in blocks if is_sentence(block) and not block.link_chars))
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


def _neighbours(blocks: Sequence[Block]) -> Iterator[HtmlElement]:
    """Elements that hold nothing but the way to the next article or to the one before."""
    found = [block for block in blocks[-LAST_BLOCKS:] if block.link_chars and NEIGHBOUR.match(block.text)]
    if found:
        others = {block.node for block in blocks if not NEIGHBOUR.match(block.text)}
        yield from (block.node for block in found if block.node not in others)


def foot_elements(tree: Tree, blocks: Sequence[Block]) -> Set[HtmlElement]:
    """Return the elements at the page's end that hold nothing but its foot, with all below them.

    The foot is copyright, links, and who runs the site and where. Of a short notice it is most of the page's prose, of
    an article in pictures all of it.
    """
    last = blocks[-FOOT_BLOCKS:]
    marked = [block for block in last if block.chars < FOOT_CHARS and FOOT_TEXT.search(block.text)]
    if not marked:
        return frozenset()
    rest = (*blocks[:-MOST_OF_FOOT], *(block for block in blocks[-MOST_OF_FOOT:] if not _is_of_foot(block)))
    others: set[int] = set()
    for block in rest:
        place = tree.place[block.node]
        while place not in others:
            others.add(place)
            place = tree.parents[place]
    found: set[HtmlElement] = set()
    for node in dict.fromkeys(block.node for block in marked):
        around = (node, *islice(node.iterancestors(), MAX_ANCESTORS))
        alone = list(
            takewhile(lambda each: tree.place.get(each, 0) not in others and each.tag not in ("body", "html"), around)
        )
        if alone and alone[-1] not in found:
            found.update(alone[-1].iter())
    return found


def _is_of_foot(block: Block) -> bool:
    if block.link_chars * 2 >= block.chars:
        return True
    return block.chars < FOOT_CHARS and bool(CONTACT.search(block.text) or FOOT_TEXT.search(block.text))


def _is_head(block: Block) -> bool:
    if block.chars > HEAD_CHARS:
        return False
    return bool(COMMENT_HEADS.match(block.text) or RELATED_HEADS.match(block.text))


def _begins(node: HtmlElement, block: Block) -> bool:
    first = next(read_blocks(node), None)
    return first is not None and first.text == block.text
