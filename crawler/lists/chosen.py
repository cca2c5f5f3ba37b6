"""Rows around links that a selector chose: of each the largest element that holds no other chosen article."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.links import Link
from crawler.lists.outline import Outline
from crawler.lists.rows import Group, Row, article_of, main_link

MOST_ANCESTORS = 100  # looked at around a link


def links_in(outline: Outline, elements: Iterable[HtmlElement]) -> list[Link]:
    """Return the links in these elements that may be read: ours, and no files; each once, in the page's order."""
    places: set[int] = set()
    covered = -1
    spans = (outline.spans[element] for element in elements if element in outline.spans)
    for span in sorted(spans, key=lambda each: (each.links, -each.links_end)):
        if span.links_end > covered:
            places.update(range(max(span.links, covered), span.links_end))
            covered = span.links_end
    links = (outline.links[place] for place in sorted(places))
    return [link for link in links if link.is_ours and not link.is_file]


def group_of(outline: Outline, links: Sequence[Link]) -> Group:
    """Return the rows around the chosen links, one for each article."""
    runs = _runs(links)
    places = [link.place for link in links]
    numbers = [number for number, run in enumerate(runs) for _ in run]
    rows: list[Row] = []
    for run in runs:
        main = main_link(run)
        row = main.element
        for ancestor in islice(main.element.iterancestors(), MOST_ANCESTORS):
            span = outline.spans[ancestor]
            first, end = bisect_left(places, span.links), bisect_left(places, span.links_end)
            if numbers[first] != numbers[end - 1] or (len(runs) == 1 and article_of(outline, ancestor) is None):
                break
            row = ancestor
        rows.append(Row(row, main))
    return Group([], rows)


def _runs(links: Sequence[Link]) -> list[list[Link]]:
    """Links to one article that follow each other: picture, title, `详细`."""
    runs: list[list[Link]] = []
    for link in links:
        if runs and runs[-1][0].url == link.url:
            runs[-1].append(link)
        else:
            runs.append([link])
    return runs
