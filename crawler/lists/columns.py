"""The column of a table that its heading calls the day of publication, where rows write several days."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.days import whole_day
from crawler.lists.fields import Field
from crawler.lists.links import text_of
from crawler.lists.words import folded
from indexer.base.times import Published

MOST_COLUMNS, LEVELS, HEADING_CHARS = 20, 6, 40
CELLS = ("td", "th")
PUBLISHED = re.compile(
    r"(?:信息)?(?:发布|发表|公开|公布|上传|刊登)(?:时间|日期)|published(?: on)?|posted", re.IGNORECASE
)


def day_in_column(row: HtmlElement, fields: Sequence[Field]) -> Published | None:
    """Return the day in the column that the table's first row calls that of publication; None where it calls none."""
    if row.tag != "tr":
        return None
    place = _column(row)
    cells = [cell for cell in islice(row, MOST_COLUMNS) if cell.tag in CELLS]
    if place is None or place >= len(cells):
        return None
    days = {str(day): day for field in fields if _is_in(field.element, cells[place]) if (day := whole_day(field.text))}
    return next(iter(days.values())) if len(days) == 1 else None


def _column(row: HtmlElement) -> int | None:
    table = next((each for each in islice(row.iterancestors(), LEVELS) if each.tag == "table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return None
    named = [cell for cell in islice(first, MOST_COLUMNS) if cell.tag in CELLS]
    places = [at for at, cell in enumerate(named) if PUBLISHED.fullmatch(folded(text_of(cell)[:HEADING_CHARS]))]
    return places[0] if len(places) == 1 else None


def _is_in(element: HtmlElement, cell: HtmlElement) -> bool:
    return element is cell or cell in islice(element.iterancestors(), LEVELS)
