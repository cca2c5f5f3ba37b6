"""Outline of a list page: its links and its marks of days in their order, and which of them each element holds."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.lists.links import Accepts, Link, base_of, target_of
from crawler.lists.marks import MARK_CHARS, is_mark
from crawler.lists.words import PAGER, folded

MOST_LINKS = 5000  # of a list page; no list that people read is longer
SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "select", "textarea", "head", "svg", "iframe", "object")
)

COVER = re.compile(r"cover|stretch|overlay|mask|full", re.IGNORECASE)  # of a link that lies over its whole card


@dataclass(frozen=True, slots=True)
class Span:
    """Of what an element holds: the first link and the one behind the last, the same of the marks."""

    links: int
    links_end: int
    marks: int
    marks_end: int

    @property
    def size(self) -> int:
        """How many links."""
        return self.links_end - self.links

    @property
    def days(self) -> int:
        """How many marks of a day."""
        return self.marks_end - self.marks


class Outline:
    """The links, and by element what it holds, of all elements that hold any."""

    def __init__(self, page: HtmlElement, url: str, accepts: Accepts) -> None:
        self.page, self.url, self.base = page, url, base_of(page, url)
        self.links: list[Link] = []
        self.spans: dict[HtmlElement, Span] = {}
        self._accepts = accepts
        self.pagers: list[int] = []  # how many links stand before each sign of further pages
        self._marks = 0
        self._known: dict[str, bool] = {}
        self._walk()

    def within(self, element: HtmlElement, most: int | None = None) -> list[Link]:
        """Return the links that the element is or holds, at most so many."""
        span = self.spans.get(element)
        if span is None:
            return []
        end = span.links_end if most is None else min(span.links_end, span.links + most)
        return self.links[span.links : end]

    def days_in(self, element: HtmlElement) -> int:
        """Return how many marks of a day the element holds."""
        span = self.spans.get(element)
        return span.days if span else 0

    def _walk(self) -> None:
        opened: list[tuple[int, int]] = []
        anchors = 0  # open now
        walk = etree.iterwalk(self.page, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in SKIPPED:
                    walk.skip_subtree()
                    opened.append((-1, -1))
                    continue
                opened.append((len(self.links), self._marks))
                if element.tag == "a":
                    anchors += 1
                    self._add(element)
                self._count(element.text)
                continue
            links, marks = opened.pop()
            anchors -= element.tag == "a"
            # A row that leads on by a script; one that holds links of its own is none.
            if links == len(self.links) and not anchors and _may_lead_on(element):
                self._add(element)
            if links >= 0 and (len(self.links) > links or self._marks > marks):
                self.spans[element] = Span(links, len(self.links), marks, self._marks)
            self._count(element.tail)

    def _count(self, text: str | None) -> None:
        if not text or len(text) > MARK_CHARS * 4 or text.isspace():
            return
        short = folded(text)
        if is_mark(short):
            self._marks += 1
        elif len(short) <= MARK_CHARS and PAGER.search(short):
            self.pagers.append(len(self.links))

    def _add(self, element: HtmlElement) -> None:
        """Add the element if it leads to another page and shows anything."""
        target = target_of(element, self.base) if len(self.links) < MOST_LINKS else None
        if not target or target == self.url.partition("#")[0]:
            return
        if target not in self._known:
            self._known[target] = self._accepts(target)
        link = Link(element=element, url=target, place=len(self.links), is_ours=self._known[target])
        if link.text or link.images or COVER.search(element.get("class") or ""):
            self.links.append(link)


def _may_lead_on(element: HtmlElement) -> bool:
    return element.tag != "a" and any(name == "onclick" or name.startswith("data-") for name in element.attrib)
