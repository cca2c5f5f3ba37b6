"""The year, or year and month, that stands as a heading over the rows of a list, which write the rest of the day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.read import read_time
from crawler.lists.fields import Field
from crawler.lists.links import text_of
from crawler.lists.rows import Row
from crawler.lists.words import folded
from indexer.base.times import Published

LEVELS, BEFORE = 2, 3  # elements around the rows that may be headed; elements before each that are looked at
HEADING_CHARS = 16
YEAR = re.compile(r"((?:19|20)\d\d)\s?年?度?(?:\s?[-./]?\s?(1[0-2]|0?[1-9])\s?月?)?")
MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])\s?[-–—/.月·]\s?(3[01]|[12]\d|0?[1-9])\s?[日号]?")
DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])\s?[日号]")
BRACKETS = "[]【】()（）|/ ·"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, and its month where the heading names one, else 0."""

    year: int
    month: int


def periods_of(rows: Sequence[Row]) -> list[Period | None]:
    """Return for each row the period that stands over it: right before it, before a row above, or before its box."""
    elements = {row.element for row in rows}
    found: list[Period | None] = []
    container: HtmlElement | None = None
    current: Period | None = None
    for row in rows:
        if row.element.getparent() is not container:
            container = row.element.getparent()
            current = _over(container)
        for sibling in islice(row.element.itersiblings(preceding=True), BEFORE):
            if sibling in elements:
                break
            current = _period(sibling) or current
        found.append(current)
    return found


def completed(fields: Sequence[Field], period: Period) -> Published | None:
    """Return the day that fields write without the year, or without year and month; None where none or several do."""
    days = {day for field in fields if (day := _day(field.folded.strip(BRACKETS), period))}
    return read_time(days.pop(), chinese=True) if len(days) == 1 else None


def _day(text: str, period: Period) -> str:
    if found := MONTH_DAY.fullmatch(text):
        month = int(found[1])
        return f"{period.year}-{month:02}-{int(found[2]):02}" if period.month in (0, month) else ""
    if period.month and (found := DAY.fullmatch(text)):
        return f"{period.year}-{period.month:02}-{int(found[1]):02}"
    return ""


def _over(container: HtmlElement | None) -> Period | None:
    for _ in range(LEVELS):
        if container is None:
            return None
        for earlier in islice(container.itersiblings(preceding=True), 1):
            if period := _period(earlier):
                return period
        container = container.getparent()
    return None


def _period(element: HtmlElement) -> Period | None:
    text = folded(text_of(element)[: HEADING_CHARS * 4])
    found = YEAR.fullmatch(text.strip(BRACKETS)) if len(text) <= HEADING_CHARS else None
    return Period(int(found[1]), int(found[2] or 0)) if found else None
