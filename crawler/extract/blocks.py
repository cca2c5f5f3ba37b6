"""A tree → its blocks of running text, in reading order: what paragraphs, lists and headings look like to a reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from indexer.normal_forms import normalized

BLOCK_TAGS_TEXT = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul video
    audio iframe
"""
BLOCK_TAGS = frozenset(BLOCK_TAGS_TEXT.split())
UNREAD_TAGS_TEXT = """
    script style noscript template svg math head title select option button input textarea object embed canvas map
"""
UNREAD_TAGS = frozenset(UNREAD_TAGS_TEXT.split())
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text; node: the block element it stands in. link_chars: how many of its characters are links."""

    text: str
    node: HtmlElement
    link_chars: int

    @property
    def chars(self) -> int:
        """Length of the text."""
        return len(self.text)


def squeeze(text: str) -> str:
    """Return the text in NFC without white space, zero-width characters and soft hyphens: for comparing only."""
    return "".join(INVISIBLE.sub("", normalized("NFC", text)).split())


def tidy(text: str) -> str:
    """Return one line: white space collapsed, invisible characters taken out."""
    return " ".join(INVISIBLE.sub("", text).split())


def plain_text(root: HtmlElement) -> str:
    """Return the readable text, one block a line; line breaks inside `pre` stay."""
    return "\n".join(block.text for block in read_blocks(root))


def inner_text(node: HtmlElement, *, most: int | None = None) -> str:
    """Return everything inside one element as one line; nothing is read behind the block that goes beyond `most`."""
    texts: list[str] = []
    chars = 0
    for block in read_blocks(node):
        texts.append(block.text)
        chars += block.chars
        if most is not None and chars > most:
            break
    return tidy(" ".join(texts))


def read_blocks(root: HtmlElement) -> Iterator[Block]:
    """Yield the blocks below an element; scripts, form controls and the head are passed over."""
    reading = _Reading(root)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        is_unread = not isinstance(node.tag, str) or node.tag in UNREAD_TAGS
        if event == "start":
            yield from reading.enter(node, is_unread=is_unread)
            if is_unread:
                walker.skip_subtree()
        else:
            yield from reading.leave(node, is_unread=is_unread)


class _Reading:
    """The text since the last block boundary, and where in the tree the reader stands."""

    def __init__(self, root: HtmlElement) -> None:
        self.root, self.nodes = root, [root]
        self.pieces: list[str] = []
        self.link_chars = self.in_link = self.in_pre = 0

    def enter(self, node: HtmlElement, *, is_unread: bool) -> Iterator[Block]:
        if self._ends_run(node):
            yield from self._take()
        if is_unread:
            return
        self._count(node, 1)
        if node.tag in BLOCK_TAGS:
            self.nodes.append(node)
        self._add(node.text)

    def leave(self, node: HtmlElement, *, is_unread: bool) -> Iterator[Block]:
        if self._ends_run(node):
            yield from self._take()
        if not is_unread:
            self._count(node, -1)
            if node.tag in BLOCK_TAGS:
                self.nodes.pop()
        if node is not self.root:
            self._add(node.tail)

    def _ends_run(self, node: HtmlElement) -> bool:
        return node.tag in BLOCK_TAGS or node.tag == "br" or node is self.root

    def _count(self, node: HtmlElement, step: int) -> None:
        self.in_link += step * (node.tag == "a")
        self.in_pre += step * (node.tag == "pre")

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.in_link:
                self.link_chars += len("".join(text.split()))

    def _take(self) -> Iterator[Block]:
        text, links = INVISIBLE.sub("", "".join(self.pieces)), self.link_chars
        self.pieces, self.link_chars = [], 0
        line = text.strip("\n").rstrip() if self.in_pre else " ".join(text.split())
        if line and not line.isspace():
            yield Block(line, self.nodes[-1], min(links, len(line)))
