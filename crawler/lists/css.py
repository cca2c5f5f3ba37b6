"""A CSS selector that chooses the same links as a reading without one did, to show and to correct."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.chosen import links_in
from crawler.lists.links import Link
from crawler.lists.outline import Outline
from crawler.lists.rows import VARYING, Group

NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w-]*")
PLAIN_TAG = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # any other, as `o:p`, means something else in CSS
MOST_TRIED, MOST_ANCESTORS = 60, 6
MOST_CONTAINERS = 40  # a list in more pieces has no short selector
LAST = -1


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a selector. simple: `#id`, or a tag with classes. is_child: of the piece before, else within it.

    place: among its siblings of the same tag, from 1; LAST; 0 where it may be any.
    """

    simple: str
    is_child: bool = False
    place: int = 0

    @property
    def css(self) -> str:
        """As it is written behind the piece before."""
        places = {0: "", LAST: ":last-of-type"}
        return f"{' > ' if self.is_child else ' '}{self.simple}{places.get(self.place, f':nth-of-type({self.place})')}"


Steps = tuple[Step, ...]


def selector_of(outline: Outline, group: Group, links: Sequence[Link]) -> str:
    """Return CSS that chooses exactly these links, or what holds them and no other; empty where none is short."""
    if len(group.containers) > MOST_CONTAINERS:
        return ""
    wanted = [link.url for link in links]
    page = _Page(outline)
    ways = list(_ways(group))
    left = MOST_TRIED
    for container in _containers(group.containers[0], outline.page):
        holding = page.chosen(container)
        for way in ways[:left]:
            chosen = links_in(outline, page.chosen(way, holding))
            if list(dict.fromkeys(link.url for link in chosen)) == wanted:
                return "".join(step.css for step in (*container, *way)).strip()
        left -= len(ways)
        if left <= 0:
            break
    return ""


class _Page:
    """The elements that hold links, and which of them a selector chooses, in time that grows as they do.

    XPath would compare every two elements that stand in what `//` found before.
    """

    def __init__(self, outline: Outline) -> None:
        held = [element for element, span in outline.spans.items() if span.size]
        self._elements = held[::-1]  # each behind what holds it
        self._alike: dict[str, list[HtmlElement]] = {}

    def chosen(self, steps: Steps, within: Iterable[HtmlElement] | None = None) -> Iterable[HtmlElement]:
        """Return what the steps lead to from these elements; without them from the page as a whole."""
        for step in steps:
            alike = self._like(step.simple)
            within = alike if within is None else self._next(step, alike, set(within))
        return within or ()

    def _like(self, simple: str) -> list[HtmlElement]:
        if simple not in self._alike:
            self._alike[simple] = [element for element in self._elements if _is(element, simple)]
        return self._alike[simple]

    def _next(self, step: Step, alike: Sequence[HtmlElement], before: set[HtmlElement]) -> list[HtmlElement]:
        if not step.is_child:
            within: set[HtmlElement] = set()
            for element in self._elements:
                parent = element.getparent()
                if parent in before or parent in within:
                    within.add(element)
            return [element for element in alike if element in within]
        children = [element for element in alike if element.getparent() in before]
        if not step.place:
            return children
        placed = {_placed(parent, step) for parent in {element.getparent() for element in children}}
        return [element for element in children if element in placed]


def _placed(parent: HtmlElement, step: Step) -> HtmlElement | None:
    """The child in the step's place."""
    like = parent.iterchildren(step.simple.partition(".")[0], reversed=step.place == LAST)
    return next(islice(like, max(step.place - 1, 0), None), None)


def _is(element: HtmlElement, simple: str) -> bool:
    if simple.startswith("#"):
        return bool(element.get("id") == simple[1:])
    tag, *classes = simple.split(".")
    return element.tag == tag and (not classes or set(classes) <= set((element.get("class") or "").split()))


def _ways(group: Group) -> Iterator[Steps]:
    """From the container to what is chosen: the whole of it, the rows, the links by their way through a row."""
    yield ()
    yield from ((Step(simple, is_child=True),) for simple in _by_class(group.rows[0].element))
    through = (way for row in group.rows[:3] for way in _way(row.element, row.link.element))
    yield from dict.fromkeys(through)


def _way(row: HtmlElement, link: HtmlElement) -> Iterator[Steps]:
    """From the container through a row to its link: by tags, by the link's class, by its place among its like."""
    down: list[HtmlElement] = [link]
    while down[-1] is not row and len(down) < MOST_ANCESTORS:
        parent = down[-1].getparent()
        if parent is None:
            return
        down.append(parent)
    if down[-1] is not row or not all(_is_plain(each) for each in down):
        return
    down.reverse()
    before = tuple(Step(str(each.tag), is_child=True) for each in down[:-1])
    last = str(link.tag)
    yield from ((*before, Step(simple, is_child=True)) for simple in _by_class(link))
    yield *before, Step(last, is_child=True, place=LAST)
    yield *before, Step(last, is_child=True, place=_place(link))
    for each in down[1:]:
        for simple in _by_class(each)[1:]:
            yield (Step(simple),) if each is link else (Step(simple), Step(last))


def _containers(container: HtmlElement, page: HtmlElement) -> Iterator[Steps]:
    """The container by itself, then within what is around it, the nearest first."""
    own = [Step(simple) for simple in _simple(container)]
    yield from ((step,) for step in own)
    around = list(islice(container.iterancestors(), MOST_ANCESTORS))
    for ancestor in around:
        for outer in _named(ancestor):
            yield from ((Step(outer), step) for step in own)
    if container is not page and around and _is_plain(container):
        place = Step(str(container.tag), is_child=True, place=_place(container))
        for outer in [*_named(around[0]), *_by_class(around[0])[:1]]:
            yield Step(outer), place


def _named(element: HtmlElement) -> Iterator[str]:
    """The element by its id or a class; nothing where it has neither."""
    yield from (css for css in _simple(element) if css != element.tag)


def _simple(element: HtmlElement) -> Iterator[str]:
    name = element.get("id") or ""
    if NAME.fullmatch(name):
        yield f"#{name}"
    tag, *classes = _by_class(element) or [""]
    yield from classes
    if len(classes) > 1:
        yield f"{tag}.{'.'.join(_stable_classes(element))}"
    if tag:
        yield tag


def _by_class(element: HtmlElement) -> list[str]:
    """The element by its tag, then by its tag with each class; nothing where CSS has no plain word for its tag."""
    if not _is_plain(element):
        return []
    return [str(element.tag), *(f"{element.tag}.{name}" for name in _stable_classes(element))]


def _is_plain(element: HtmlElement) -> bool:
    return PLAIN_TAG.fullmatch(str(element.tag)) is not None


def _place(element: HtmlElement) -> int:
    """Its place among its siblings of the same tag."""
    return 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))


def _stable_classes(element: HtmlElement) -> list[str]:
    names = [name for name in (element.get("class") or "").split() if NAME.fullmatch(name)]
    return [name for name in names if not VARYING.fullmatch(name.lower())][:4]
