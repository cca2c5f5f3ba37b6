"""Fields of a row: the pieces of text that a reader sees as one, with the element in which each stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.lists.marks import MARK_CHARS, is_mark, is_part
from crawler.lists.outline import SKIPPED
from crawler.lists.words import BADGE, BRACKETED, FIELD_CLASS, HEADINGS, SUMMARY_CLASS, TITLE_CLASS, folded, plain

INLINE = frozenset(
    ("a", "abbr", "b", "big", "bdi", "cite", "code", "del", "em", "font", "i", "img", "ins", "label", "mark", "nobr")
) | frozenset(("q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr"))
PLAIN_INLINE = INLINE - {"a", "label", "span", "time", "abbr", "em", "i"}
MOST_FIELDS, FIELD_CHARS = 60, 1000
CHANGED_CLASS = re.compile(r"updated|modified|gengxin")
HIDDEN = re.compile(r"display\s?:\s?none", re.IGNORECASE)
PIECES = 20  # of text within an inline element; a mark has few


@dataclass(frozen=True, eq=False)
class Field:
    """A piece of text. element: the innermost that marks it off. link: the anchor around it, if any."""

    text: str
    element: HtmlElement
    link: HtmlElement | None

    @cached_property
    def folded(self) -> str:
        """Its text in half width."""
        return folded(self.text)

    @cached_property
    def is_day(self) -> bool:
        """Whether it is a day as a whole, whatever else is known of it."""
        return is_mark(self.folded)

    @cached_property
    def classes(self) -> str:
        """Class and id of its element, as written but in lower case."""
        return f"{self.element.get('class') or ''} {self.element.get('id') or ''}".lower()[:200]

    @property
    def is_changed(self) -> bool:
        """Whether its class says that it is the day of the last change."""
        return bool(CHANGED_CLASS.search(self.classes)) and "publish" not in self.classes

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading element, a title's class, or a definition's term."""
        return self.element.tag in HEADINGS or bool(TITLE_CLASS.search(self.classes))

    @property
    def is_summary(self) -> bool:
        """Whether its class says that it sums up, or it is a paragraph of a card."""
        return bool(SUMMARY_CLASS.search(self.classes)) and not self.is_heading


def fields_of(elements: Iterable[HtmlElement]) -> list[Field]:
    """Return the fields of these elements in their order, at most MOST_FIELDS."""
    found: list[Field] = []
    for element in elements:
        for field in _fields(element):
            found.append(field)
            if len(found) == MOST_FIELDS:
                return found
    return found


def _fields(root: HtmlElement) -> Iterator[Field]:
    cut = _Cut(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield from cut.leave(element)
        elif element.tag in SKIPPED or (element is not root and _is_hidden_box(element)):
            walk.skip_subtree()
            cut.bounds.append(element)
        else:
            yield from cut.enter(element)


class _Cut:
    """Text gathered up to the next element that marks off a field."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.pieces: list[str] = []
        self.bounds: list[HtmlElement] = []  # the elements around that mark off a field
        self.links: list[HtmlElement] = []

    def enter(self, element: HtmlElement) -> Iterator[Field]:
        if element is self.root or _marks_off(element):
            yield from self._field()
            self.bounds.append(element)
        if element.tag == "a":
            self.links.append(element)
        self.pieces.append(element.text or "")

    def leave(self, element: HtmlElement) -> Iterator[Field]:
        if self.bounds and self.bounds[-1] is element:
            yield from self._field()
            self.bounds.pop()
        if self.links and self.links[-1] is element:
            self.links.pop()
        if element is not self.root:
            self.pieces.append(element.tail or "")

    def _field(self) -> Iterator[Field]:
        text = plain("".join(self.pieces)[:FIELD_CHARS])
        self.pieces.clear()
        if text:
            yield Field(text, self.bounds[-1], self.links[-1] if self.links else None)


def _is_hidden_box(element: HtmlElement) -> bool:
    """Whether it is a box that opens on a click: facts of a document beside its title. A day alone may be hidden."""
    if element.tag in INLINE or not (style := element.get("style")):
        return False
    return HIDDEN.search(style[:200]) is not None


def _marks_off(element: HtmlElement) -> bool:
    """Whether an element's text is a field of its own, not part of the sentence around it."""
    if element.tag not in INLINE or element.tag == "a":
        return True
    if element.tag == "img":
        return False
    if element.tag not in PLAIN_INLINE and FIELD_CLASS.search(element.get("class") or ""):
        return True
    before, after = _text_before(element), element.tail or ""
    if not (before.strip() or after.strip()):
        return True
    text = plain("".join(islice(element.itertext(), PIECES)))
    if is_part(folded(text)) and all(is_part(folded(each)) for each in (before, after) if each.strip()):
        return True  # `<b>30</b>2026-09`
    return 0 < len(text) <= MARK_CHARS and bool(
        BRACKETED.fullmatch(text) or BADGE.fullmatch(text) or is_mark(folded(text))
    )


def _text_before(element: HtmlElement) -> str:
    earlier = element.getprevious()
    if earlier is not None:
        return earlier.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""
