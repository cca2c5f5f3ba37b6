"""Rows of a list page: elements that stand side by side and each lead to one article, whatever their classes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.lists.links import Link
from crawler.lists.outline import Outline
from crawler.lists.words import HEADINGS, MENU, class_words

MOST_LINKS_OF_A_ROW, MOST_ARTICLES_BESIDE_A_DAY = 12, 5
FEWEST = 3  # rows that tell what they have in common
MOST_WRAPPERS = 4  # around a piece of a list
SHORT = 6  # characters of a category's name
# Of classes: what tells rows or columns of one list apart.
VARYING = re.compile(
    r"\d+|\b(?:odd|even|first|last|left|right|top|on|active|current|cur|hover|fl|fr|l|r|alt|end|no|mr0)\b"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its element, and the link of it that leads to the article."""

    element: HtmlElement
    link: Link


@dataclass(slots=True)
class Group:
    """Rows that stand alike. containers: the elements in which they stand side by side; more than one where a list is
    set in columns or pieces."""

    containers: list[HtmlElement]
    rows: list[Row]


def groups_of(outline: Outline) -> list[Group]:
    """Return every group of rows of the page: the outermost elements that lead to one article each, by their tag."""
    groups: list[Group] = []
    waiting = [outline.page]
    while waiting:
        element = waiting.pop()
        singles: dict[str, list[Row]] = defaultdict(list)
        for child in element:
            span = outline.spans.get(child)
            if span is None or not span.size:
                continue
            link = article_of(outline, child)
            if link is None:
                waiting.append(child)
            else:
                # A foot beside rows that stand in the page itself is no row of them.
                singles[f"{child.tag} {bool(MENU & class_words(child))}"].append(Row(child, link))
        groups += [Group([element], rows) for rows in singles.values()]
    joined = _joined(outline, sorted(groups, key=lambda group: group.rows[0].link.place))
    return [settled(outline, group) for group in joined]


def article_of(outline: Outline, element: HtmlElement) -> Link | None:
    """Return the link to the one article that an element stands for; None where it stands for several."""
    span = outline.spans[element]
    if span.size == 1:
        return outline.links[span.links]
    if span.size > MOST_LINKS_OF_A_ROW:
        return None
    links = outline.within(element)
    main = main_link(links)
    others = [link for link in best_links(links) if link.url != main.url]
    if main.is_aside and others:  # rows that say `详细` alone
        return None
    apart = [link for link in others if not link.is_aside and (main.leads_to_section or not link.leads_to_section)]
    if main.is_in_heading:  # a card with a few tags
        apart = [link for link in apart if not _stands_beside(link, main)]
    if len({link.shape for link in apart}) < len(apart):  # other articles, and this is the category
        return None
    if all(_stands_beside(link, main) for link in others):
        return main
    is_alone = span.days == 1 and len(others) < MOST_ARTICLES_BESIDE_A_DAY
    return main if is_alone and all(link.shape != main.shape for link in others) else None


def best_links(links: Sequence[Link]) -> list[Link]:
    """Return one link for each address: the one that says most."""
    best: dict[str, Link] = {}
    for link in links:
        if link.url not in best or _rank(link) > _rank(best[link.url]):
            best[link.url] = link
    return list(best.values())


def settled(outline: Outline, group: Group) -> Group:
    """Return the group with the link of each row that the other rows agree with: a category's comes again in them."""
    if len(group.rows) < FEWEST:
        return group
    within = [best_links(outline.within(row.element, MOST_LINKS_OF_A_ROW)) for row in group.rows]
    if all(len(links) == 1 for links in within):
        return group
    times = Counter(link.url for links in within for link in links)
    shapes = Counter(shape for links in within for shape in {link.shape for link in links if times[link.url] == 1})
    chars: Counter[str] = Counter()  # of a column as a whole: a short title stands beside a unit's long name
    for link in (link for links in within for link in links if not link.is_aside):
        chars[link.shape] += len(link.text)
    rows = []
    for row, links in zip(group.rows, within, strict=True):
        own = [link for link in links if times[link.url] == 1 and not link.is_aside] or [row.link]
        best = max(own, key=lambda link: (shapes[link.shape], *_rank(link)[:-1], chars[link.shape], len(link.text)))
        same = [link for link in outline.within(row.element, MOST_LINKS_OF_A_ROW) if link.url == best.url]
        rows.append(Row(row.element, main_link(same)) if same else row)
    return Group(group.containers, rows)


def main_link(links: Sequence[Link]) -> Link:
    """Return the link that leads to the article: of several to the same address the one with the title."""
    best = max(links, key=_rank)
    same = [link for link in links if link.url == best.url]
    in_heading = [link for link in same if link.is_in_heading]
    titled = [
        link for link in same if not link.is_aside and not (link.images and not link.element.text_content().strip())
    ]
    return next(iter(in_heading or titled), best)


def _rank(link: Link) -> tuple[bool, bool, bool, bool, int]:
    return not link.is_aside, link.is_in_heading, not link.leads_to_section, not link.is_file, len(link.text)


def _stands_beside(link: Link, main: Link) -> bool:
    """Whether a link of a row is a category, an author, `详细`, rather than another article."""
    if link.is_aside:
        return True
    if link.leads_to_section and not main.leads_to_section:
        return True
    return len(link.text) <= SHORT and 2 * len(link.text) <= len(main.text) and link.shape != main.shape


def _joined(outline: Outline, groups: Sequence[Group]) -> list[Group]:
    """Join the pieces of one list: containers alike, side by side, with no heading or text between them."""
    joined: list[Group] = []
    for group in groups:
        before = joined[-1] if joined else None
        if before is not None and (container := _continues(outline, before, group)) is not None:
            before.containers.append(container)
            before.rows += group.rows
        else:
            joined.append(group)
    return joined


def _continues(outline: Outline, before: Group, group: Group) -> HtmlElement | None:
    """The container of the later group if it goes on with the earlier one; a last piece may be one row."""
    last, here = before.containers[-1], group.containers[0]
    if here is last.getparent() and len(group.rows) == 1 and likeness(group.rows[0].element) == likeness(last):
        here = group.rows[0].element
    elif _row_tag(before) != _row_tag(group):
        return None
    for one, other in zip(_wrappers(outline, last), _wrappers(outline, here), strict=False):
        if likeness(one) != likeness(other):
            return None
        if one.getparent() is other.getparent():
            return here if all(_is_blank(each) for each in _between(one, other)) else None
    return None


def _wrappers(outline: Outline, container: HtmlElement) -> Iterator[HtmlElement]:
    """The container, then what holds nothing but it, each around the last."""
    held = outline.spans.get(container)
    for _ in range(MOST_WRAPPERS):
        yield container
        parent = container.getparent()
        if parent is None or outline.spans.get(parent) != held:
            return
        beside = (each for each in parent if each is not container)
        if (parent.text or "").strip() or not all(_is_blank(each) and _is_blank(each.tail or "") for each in beside):
            return
        container = parent


def _between(last: HtmlElement, here: HtmlElement) -> Iterator[HtmlElement | str]:
    """What stands between two siblings; a heading as the whole of it."""
    yield last.tail or ""
    for sibling in last.itersiblings():
        if sibling is here:
            return
        yield sibling
        yield sibling.tail or ""
    yield "not a later sibling"


def _is_blank(each: HtmlElement | str) -> bool:
    if isinstance(each, str):
        return not each.strip()
    return each.tag not in HEADINGS and not next((text for text in each.itertext() if text.strip()), "")


def likeness(element: HtmlElement) -> tuple[str, str]:
    """Return the tag, and the class without what tells one row or column from the next."""
    return str(element.tag), " ".join(VARYING.sub(" ", (element.get("class") or "").lower().replace("_", " ")).split())


def _row_tag(group: Group) -> str:
    return str(group.rows[0].element.tag)
