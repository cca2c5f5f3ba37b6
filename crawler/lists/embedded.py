"""Rows of a list that a page keeps as data for its script: `__NEXT_DATA__`, `__INITIAL_STATE__`, `var list = [...]`."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice

from crawler.dates.read import read_stamp
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS

ROOM = "list-data"  # class of the list that takes the data's place
FEWEST, MOST_ROWS, MOST_VALUES, MOST_SCRIPTS, DAY_CHARS = 3, 500, 50_000, 60, 40
LEAST_SHARE = 0.8  # of an array's objects that must name title and address
SCRIPT_CHARS = 4_000_000
OPENING, CLOSING = re.compile(r"<script\b[^<>]{0,500}>", re.IGNORECASE), re.compile(r"</script", re.IGNORECASE)
STARTS = re.compile(r"(?:^|=|\()\s{0,20}(?=[\[{])")
WRITES = re.compile(r"document\.write(?:ln)?\(\s{0,5}([\"'])((?:(?!\1)[^\\\n]|\\.){1,2000}+)\1\s{0,5}\)")
MOST_STARTS = 20  # of a script
TITLE = re.compile(r"(?:[a-z]{0,12}_?title|headline|subject|(?:news|article|info|doc)_?name)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:[a-z]{0,12}_?(?:url|link|href|uri)|path|permalink)", re.IGNORECASE)
OF_PICTURE = re.compile(r"img|image|pic|cover|thumb|logo|icon|photo|video|avatar|file|poster|share|api", re.IGNORECASE)
PUBLISHED = re.compile(
    r"(?:pub|publish|published|release|issue|show|news|article)_?(?:time|date|at|on|day)|(?:date|time|day)(?:str)?|pubdate",
    re.IGNORECASE,
)

Json = object  # foreign data, every value is checked where it is taken
Row = tuple[str, str, str]


def as_list(text: str) -> str:
    """Return a page with the rows that the scripts of the page given hold, empty where they hold none.

    In data a row is an object with a title and an address of its own: none is put together from a number.
    """
    best: list[Row] = []
    for data in _data(text):
        for rows in _lists(data):
            if _worth(rows) > _worth(best):
                best = rows
    if not best and (written := "".join(_written(text))):
        return f'<html><body><div class="{ROOM}">{written}</div></body></html>'
    items = "".join(
        f'<li><a href="{escape(url)}">{escape(title)}</a><span class="date">{escape(day)}</span></li>'
        for title, url, day in best
    )
    return f'<html><body><ul class="{ROOM}">{items}</ul></body></html>' if best else ""


def _written(text: str) -> Iterator[str]:
    """What the scripts write into the page as it loads, piece by piece, where that is given word for word."""
    for code in _scripts(text):
        for found in islice(WRITES.finditer(code), MOST_ROWS):
            yield re.sub(r"\\(.)", r"\1", found[2])


def _worth(rows: Sequence[Row]) -> tuple[int, int]:
    return sum(bool(day) for _, _, day in rows), len(rows)


def _scripts(text: str) -> Iterator[str]:
    place = 0
    for _ in range(MOST_SCRIPTS):
        opening = OPENING.search(text, place)
        closing = CLOSING.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            return
        yield text[opening.end() : closing.start()][:SCRIPT_CHARS]
        place = closing.end()


def _data(text: str) -> Iterator[Json]:
    """The data of each script: what is JSON behind its start, a sign of equality or a bracket."""
    decoder = json.JSONDecoder(strict=False)
    failed = 0  # characters that were read for nothing
    for code in _scripts(text):
        end = 0
        for start in islice(STARTS.finditer(code), MOST_STARTS):
            if start.end() < end or failed > SCRIPT_CHARS:
                continue
            try:
                data, end = decoder.raw_decode(code, start.end())
            except json.JSONDecodeError as error:  # a function's body, an object of JavaScript
                failed += error.pos - start.end()
                continue
            except (ValueError, RecursionError):  # a number without end, an attack
                failed += len(code)
                continue
            yield data


def _lists(data: Json) -> Iterator[list[Row]]:
    waiting, seen = [data], 0
    while waiting and seen < MOST_VALUES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(each for each in value if isinstance(each, Mapping | list))
            rows = _rows(value)
            if len(rows) >= FEWEST:
                yield rows


def _rows(values: Sequence[Json]) -> list[Row]:
    objects = [each for each in values[:MOST_ROWS] if isinstance(each, Mapping)]
    rows = [row for each in objects if (row := _row(each)) is not None]
    return rows if len(rows) >= LEAST_SHARE * len(values[:MOST_ROWS]) else []


def _row(each: Mapping[str, Json]) -> Row | None:
    title = _first(each, TITLE, TITLE_CHARS)
    url = _first(each, ADDRESS, URL_CHARS)
    return (title, url, _day(each)) if title and url else None


def _day(each: Mapping[str, Json]) -> str:
    """The day of publication that the data names, in Beijing; empty where it names none with its year."""
    for name, value in each.items():
        is_time = isinstance(value, int | str) and PUBLISHED.fullmatch(name) and len(str(value)) <= DAY_CHARS
        if is_time and (moment := read_stamp(str(value), chinese=True)):
            return moment.at.date().isoformat()
    return ""


def _first(each: Mapping[str, Json], names: re.Pattern[str], most: int) -> str:
    for name, value in each.items():
        if isinstance(value, str) and names.fullmatch(name) and not OF_PICTURE.search(name):
            written = value.strip()
            if written and len(written) <= most:
                return written
    return ""
