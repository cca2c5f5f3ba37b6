"""Entries of a group of rows: the address, title and day of each, read from the row and from what belongs to it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.columns import day_in_column
from crawler.lists.days import confirmed_by, day_of, day_said_in, whole_day
from crawler.lists.fields import Field, fields_of
from crawler.lists.links import Link
from crawler.lists.marks import CLOCK, DATES
from crawler.lists.outline import Outline
from crawler.lists.periods import Period, completed, periods_of
from crawler.lists.rows import FEWEST, Group, Row
from crawler.lists.titles import leading_brackets, title_of
from crawler.lists.words import folded, plain
from indexer.base.times import Published

LINKS_OF_A_ROW = 20  # looked at
MOST_BESIDE = 8  # elements between two rows that may belong to one of them
SURELY = 1.25  # four rows of five with a day, and no other place is looked at
DAY_CHARS = 60  # of the beginning or end of a title, in which a day is looked for
SHARE_OF_A_FORM = 0.6  # so many rows must write the day inside the title for it to be the list's day
_DATE = rf"(?:{'|'.join(DATES[:2] + DATES[3:4] + DATES[9:10])}){CLOCK}?"
DAY_AT_END = re.compile(rf"[\s\[【(（<|/·—–-]*(?<![\d年])(?P<day>{_DATE})[\s\]】)）>]*$", re.IGNORECASE)
DAY_AT_START = re.compile(rf"^[\s\[【(（<·•]*(?P<day>{_DATE})(?:[\s\]】)）>|/:：·,，—–-]+)(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a list. day: of publication as the list writes it, None where it writes none for sure.

    is_dated: the row writes a day in any form, also one without a year.
    """

    link: Link
    title: str
    day: Published | None
    is_dated: bool


class _Read:
    """A row with its fields, and those of what stands between it and its neighbours."""

    def __init__(self, row: Row, rows: Collection[HtmlElement]) -> None:
        self.row, self._rows = row, rows
        self.fields = fields_of([row.element])

    @cached_property
    def before(self) -> Sequence[Field]:
        return fields_of(reversed(list(_beside(self.row.element, self._rows, forwards=False))))

    @cached_property
    def after(self) -> Sequence[Field]:
        element = self.row.element
        text = plain((element.tail or "")[:DAY_CHARS])
        around = element.getparent()
        own = (
            [Field(text, around, None)] if text and around is not None else []
        )  # of rows set flat, `<a>…</a> 2026-09-30<br>`
        return [*own, *fields_of(_beside(element, self._rows, forwards=True))]


def entries_of(outline: Outline, group: Group) -> list[Entry]:
    """Return the entries of the group, in the page's order."""
    elements = {row.element for row in group.rows}
    reads = [_Read(row, elements) for row in group.rows]
    repeated = _repeated(reads)
    titles = [_title(outline, read, repeated) for read in reads]
    found = [
        Entry(read.row.link, title, day, is_dated)
        for read, title, (day, is_dated) in zip(reads, titles, _days(reads, titles), strict=True)
    ]
    return _parted_from_titles(found)


def _beside(element: HtmlElement, rows: Collection[HtmlElement], *, forwards: bool) -> Iterator[HtmlElement]:
    """What stands between a row and the next one, where dates of definitions and of flat lists stand."""
    for sibling in islice(element.itersiblings(preceding=not forwards), MOST_BESIDE):
        if sibling in rows:
            return
        yield sibling


def _title(outline: Outline, read: _Read, repeated: Collection[str]) -> str:
    main = read.row.link
    if main.element.tag != "a":
        return title_of(main, read.fields, (), repeated=repeated)
    same = {link.element for link in outline.within(read.row.element, LINKS_OF_A_ROW) if link.url == main.url}
    own = [field for field in read.fields if field.link in same]
    first = sorted(own, key=lambda field: field.link is not main.element)
    return title_of(main, first, _others(read), repeated=repeated)


def _others(read: _Read) -> Iterator[Field]:
    """The fields outside links: of the row, then of what stands behind and before it, read only where asked for."""
    yield from (field for field in read.fields if field.link is None)
    yield from read.after
    yield from read.before


def _repeated(reads: Sequence[_Read]) -> Collection[str]:
    """Texts and leading brackets that many rows have. Two articles may have one title."""
    counts: Counter[str] = Counter()
    for read in reads:
        texts = {field.text for field in read.fields}
        counts.update(texts | {bracket for text in texts if (bracket := leading_brackets(text))})
    return frozenset(text for text, count in counts.items() if count >= max(FEWEST, len(reads) / 4))


def _days(reads: Sequence[_Read], titles: Sequence[str]) -> list[tuple[Published | None, bool]]:
    """The day of each row, read where most rows of the list have it: in the row, behind it, or before it."""
    best: list[tuple[Published | None, bool]] = []
    periods = periods_of([read.row for read in reads])
    for place in ("in", "behind", "before"):
        found = [_day(*each, place) for each in zip(reads, titles, periods, strict=True)]
        if _sum(found) > _sum(best) or not best:
            best = found
        if place == "in" and SURELY * sum(is_dated for _, is_dated in best) >= len(best):
            break  # behind and before are compared: each row's neighbour has a day in both
    return best


def _day(read: _Read, title: str, period: Period | None, place: str) -> tuple[Published | None, bool]:
    fields = [field for field in read.fields if not _is_title(field, title)]
    if place != "in":
        beside = read.after if place == "behind" else read.before
        fields = [*(field for field in beside if not _is_title(field, title)), *fields]
    day = day_of(fields)
    if day is None and place == "in":
        link = read.row.link
        day = day_said_in(link.element.get("title") or "") or confirmed_by(link.url, fields)
        day = day or (completed(fields, period) if period else None) or day_in_column(read.row.element, fields)
    is_said = day is not None and place == "in"  # in a sentence of the row itself; those beside it may be a footer's
    return day, is_said or any(field.is_day for field in fields)


def _sum(found: Sequence[tuple[Published | None, bool]]) -> int:
    return sum(2 * (day is not None) + is_dated for day, is_dated in found)


def _is_title(field: Field, title: str) -> bool:
    return not field.is_day and (field.text == title or (len(title) > 3 and title in field.text) or field.is_summary)


def _parted_from_titles(entries: list[Entry]) -> list[Entry]:
    """Take the day out of titles that end or begin with it, where most rows do and none writes it elsewhere."""
    if sum(entry.is_dated for entry in entries) * 2 > len(entries):
        return entries
    for parted in (_from_end, _from_start):
        found = [parted(entry.title) for entry in entries]
        if sum(map(bool, found)) >= max(2, SHARE_OF_A_FORM * len(entries)):
            return [_without(entry, each) for entry, each in zip(entries, found, strict=True)]
    return entries


def _from_end(title: str) -> tuple[str, str] | None:
    """The title and the day that it ends with; None where it ends with none."""
    kept, end = title[:-DAY_CHARS], folded(title[-DAY_CHARS:])
    found = DAY_AT_END.search(end)
    return (kept + _cut(title[-DAY_CHARS:], DAY_AT_END, end[: found.start()]), found["day"]) if found else None


def _from_start(title: str) -> tuple[str, str] | None:
    """The title and the day that it begins with; None where it begins with none."""
    start, kept = folded(title[:DAY_CHARS]), title[DAY_CHARS:]
    found = DAY_AT_START.search(start)
    return (_cut(title[:DAY_CHARS], DAY_AT_START, start[found.end() :]) + kept, found["day"]) if found else None


def _cut(written: str, form: re.Pattern[str], otherwise: str) -> str:
    """What is left of the text as written; where only its half width has the form, of that."""
    left, times = form.subn("", written)
    return left if times else otherwise


def _without(entry: Entry, found: tuple[str, str] | None) -> Entry:
    if found is None:
        return entry
    title, day = found
    return replace(entry, title=title.strip() or entry.title, day=whole_day(day), is_dated=True)
