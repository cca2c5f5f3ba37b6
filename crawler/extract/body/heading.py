"""Remove the repeated headline and byline from an article's body: a page that shows the item has both already."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extract.body.blocks import Block, inner_text, plain_text, read_blocks, squeeze
from crawler.extract.body.main_text import Body

HEAD_BLOCKS = 4  # a headline further down is a subheading of the text
BYLINE_BLOCKS, BYLINE_CHARS = 3, 100
SENTENCE_END = re.compile(r"[。！？!?]")
DAY = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
LABEL = re.compile(
    r"^[\[【（(]?(?:来源|稿源|信息来源|文章来源|作者|记者|发布时间|发布日期|日期|编辑|浏览次数|阅读次数|字号|字体)\s*[:：]"
)
KEPT_TAGS = ("img", "video", "audio", "iframe", "picture", "table")


def without_heading(body: Body, title: str) -> Body:
    """Return the body without its headline and byline, where the headline stands among its first blocks."""
    blocks = list(read_blocks(body.node))
    wanted = squeeze(title)
    place = next(
        (at for at, block in enumerate(blocks[:HEAD_BLOCKS]) if wanted and squeeze(block.text) == wanted), None
    )
    if place is None:
        return body
    unwanted = [blocks[place], *_byline(blocks[place + 1 : place + 1 + BYLINE_BLOCKS])]
    if len(unwanted) == len(blocks):
        return body
    for node in [block.node for block in unwanted if _holds_nothing_else(block, body.node)]:
        node.drop_tree()
    return Body(source=body.source, node=body.node, text=plain_text(body.node))


def _byline(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        is_short = block.chars <= BYLINE_CHARS and not SENTENCE_END.search(block.text)
        if not is_short or not (DAY.search(block.text) or LABEL.search(block.text)):
            return
        yield block


def _holds_nothing_else(block: Block, root: HtmlElement) -> bool:
    node = block.node
    return (
        node is not root
        and squeeze(inner_text(node)) == squeeze(block.text)
        and next(node.iter(*KEPT_TAGS), None) is None
    )
