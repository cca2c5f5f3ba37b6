"""Split a page into its blocks of running text (paragraphs, list items, headings), in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from indexer.base.text import normalized

BLOCK_TAGS_TEXT = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul video
    audio iframe
"""
BLOCK_TAGS = frozenset(BLOCK_TAGS_TEXT.split())
ENDS_RUN = BLOCK_TAGS | {"br"}
UNREAD_TAGS_TEXT = """
    script style noscript template svg math head title select option button input textarea object embed canvas map
"""
UNREAD_TAGS = frozenset(UNREAD_TAGS_TEXT.split())
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text; node: the block element it stands in. link_chars: how many of its characters are links.

    raw: the same text as its elements part it.
    """

    text: str
    node: HtmlElement
    link_chars: int
    raw: Sequence[str] = ()

    @property
    def chars(self) -> int:
        """Length of the text."""
        return len(self.text)

    @property
    def pieces(self) -> Sequence[str]:
        """The texts of its elements, each in one line."""
        return [piece for each in self.raw if (piece := " ".join(each.split()))]

    @property
    def spaced(self) -> str:
        """The text with a blank between its elements, as their style shows them: `来源：某网` `时间：…`."""
        return " ".join(self.pieces) if len(self.raw) > 1 else self.text


def squeeze(text: str) -> str:
    """Return the text in NFC without white space, zero-width characters and soft hyphens: for comparing only."""
    plain = "".join(text.split())
    if plain.isascii():
        return plain
    return "".join(INVISIBLE.sub("", normalized("NFC", plain)).split())


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
        tag = node.tag
        if (tag in ENDS_RUN or node is root) and reading.pieces and (block := reading.take()):
            yield block
        if event == "start":
            if tag in UNREAD_TAGS or not isinstance(tag, str):
                walker.skip_subtree()
            else:
                reading.enter(node, tag)
        else:
            if tag not in UNREAD_TAGS and isinstance(tag, str):
                reading.leave(tag)
            if node is not root and (tail := node.tail):
                reading.add(tail)


class _Reading:
    """The text since the last block boundary, and where in the tree the reader stands."""

    __slots__ = ("in_link", "in_pre", "link_chars", "nodes", "pieces")

    def __init__(self, root: HtmlElement) -> None:
        self.nodes = [root]
        self.pieces: list[str] = []
        self.link_chars = self.in_link = self.in_pre = 0

    def enter(self, node: HtmlElement, tag: str) -> None:
        if tag == "a":
            self.in_link += 1
        elif tag in BLOCK_TAGS:
            self.nodes.append(node)
            self.in_pre += tag == "pre"
        if text := node.text:
            self.add(text)

    def leave(self, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
        elif tag in BLOCK_TAGS:
            self.nodes.pop()
            self.in_pre -= tag == "pre"

    def add(self, text: str) -> None:
        self.pieces.append(text)
        if self.in_link:
            self.link_chars += len("".join(text.split()))

    def take(self) -> Block | None:
        """The block that ends here; None where the run is blank."""
        text, links, raw = "".join(self.pieces), self.link_chars, self.pieces
        self.pieces, self.link_chars = [], 0
        if not text.isascii():
            text = INVISIBLE.sub("", text)
        line = text.strip("\n").rstrip() if self.in_pre else " ".join(text.split())
        return Block(line, self.nodes[-1], min(links, len(line)), raw) if line and not line.isspace() else None
