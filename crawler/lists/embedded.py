"""Rows of a list that a page keeps for its script: `__NEXT_DATA__`, `var list = [...]`, `ItemList`, strings of HTML."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice

from crawler.dates.read import read_stamp
from crawler.lists.literals import links_in_strings, objects_in, unquoted
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS

ROOM = "list-data"  # class of the list that takes the data's place
FEWEST, MOST_ROWS, MOST_VALUES, MOST_SCRIPTS, DAY_CHARS = 3, 500, 50_000, 60, 40
LEAST_SHARE = 0.8  # of an array's objects that must name title and address
SCRIPT_CHARS = 4_000_000
OPENING, CLOSING = re.compile(r"<script\b[^<>]{0,500}>", re.IGNORECASE), re.compile(r"</script", re.IGNORECASE)
STARTS = re.compile(r"(?:^|=|\()\s{0,20}(?=[\[{])")
WRITES = re.compile(r"document\.write(?:ln)?\(\s{0,5}([\"'])((?:(?!\1)[^\\\n]|\\.){1,2000}+)\1\s{0,5}\)")
LINK = re.compile(r"<a\b", re.IGNORECASE)
MOST_STARTS = 20  # of a script
TITLE = re.compile(r"(?:[a-z]{0,12}_?title|headline|subject|(?:news|article|info|doc)_?name)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:[a-z]{0,12}_?(?:url|link|href|uri)|path|permalink)", re.IGNORECASE)
OF_PICTURE = re.compile(r"img|image|pic|cover|thumb|logo|icon|photo|video|avatar|file|poster|share|api", re.IGNORECASE)
# A name is a title where the row has a day too: menus have names and addresses as well.
NAME = re.compile(r"name|text|label", re.IGNORECASE)
PUBLISHED = re.compile(
    r"(?:doc_?)?(?:pub|publish|published|rel|release|issue|show|display|news|article|input|add|post|send)"
    r"_?(?:time|date|at|on|day)|(?:date|time|day)(?:str)?|pubdate|date_?(?:published|posted|created)",
    re.IGNORECASE,
)

Json = object  # foreign data, every value is checked where it is taken
Row = tuple[str, str, str]


def as_list(text: str) -> str:
    """Return a page with the rows that the scripts of the page given hold, empty where they hold none.

    In data a row is an object with a title and an address of its own: none is put together from a number.
    """
    scripts = list(_scripts(text))
    best = _best_rows(scripts)
    if not best:
        written = _written(scripts)
        return f'<html><body><div class="{ROOM}">{written}</div></body></html>' if written else ""
    items = "".join(
        f'<li><a href="{escape(url)}">{escape(title)}</a><span class="date">{escape(day)}</span></li>'
        for title, url, day in best
    )
    return f'<html><body><ul class="{ROOM}">{items}</ul></body></html>'


def _written(scripts: Sequence[str]) -> str:
    """What the scripts write into the page as it loads, where that is given word for word; else what may be rows."""
    pieces = (unquoted(found[2]) for code in scripts for found in islice(WRITES.finditer(code), MOST_ROWS))
    for written in ("".join(pieces), "".join(piece for code in scripts for piece in links_in_strings(code))):
        if len(LINK.findall(written)) >= FEWEST:
            return written
    return ""


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


def _best_rows(scripts: Sequence[str]) -> list[Row]:
    """The rows that the scripts' JSON holds; only where it holds none, those of objects in JavaScript's writing."""
    for lists in (_lists_of_data, _lists_of_objects):
        if best := max(lists(scripts), key=_worth, default=[]):
            return best
    return []


def _lists_of_data(scripts: Sequence[str]) -> Iterator[list[Row]]:
    for data in _data(scripts):
        yield from _lists(data)


def _lists_of_objects(scripts: Sequence[str]) -> Iterator[list[Row]]:
    for code in scripts:
        alike: dict[frozenset[str], list[Json]] = {}
        for each in objects_in(code):
            alike.setdefault(frozenset(each), []).append(each)
        yield from (rows for values in alike.values() if len(rows := _rows(values)) >= FEWEST)


def _data(scripts: Sequence[str]) -> Iterator[Json]:
    """The data of each script: what is JSON behind its start, a sign of equality or a bracket."""
    decoder = json.JSONDecoder(strict=False)
    failed = 0  # characters that were read for nothing
    for code in scripts:
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
    objects = [_inner(each) for each in values[:MOST_ROWS] if isinstance(each, Mapping)]
    rows = [row for each in objects if (row := _row(each)) is not None]
    return rows if len(rows) >= LEAST_SHARE * len(values[:MOST_ROWS]) else []


def _inner(each: Mapping[str, Json]) -> Mapping[str, Json]:
    """The thing itself, of one element of a schema.org `ItemList`."""
    item = each.get("item")
    return item if isinstance(item, Mapping) else each


def _row(each: Mapping[str, Json]) -> Row | None:
    url, day = _first(each, ADDRESS, URL_CHARS), _day(each)
    title = _first(each, TITLE, TITLE_CHARS) or (_first(each, NAME, TITLE_CHARS) if day else "")
    return (title, url, day) if title and url else None


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
