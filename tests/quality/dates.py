"""`make real-dates`: the project's date forms against dateparser and htmldate, on every captured row with a day.

Each library stands in for the project's own function at the place where it is called: dateparser for `read_time` (a
value that a feed, sitemap or page declares) and for `find_dates` (dates in a line of a page), htmldate for the whole
reading of a page. Ends with one line of figures; exit code 1 where a library meets more rows of a column than we do.
"""

import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

import dateparser
from dateparser.search import search_dates
from htmldate import find_date
from rich.console import Console
from rich.table import Table

from crawler.dates import search as date_search
from crawler.extract.charset import decode
from crawler.extract.fields import published as dates
from crawler.feeds import jsonfeed, sitemap, xml
from indexer.base.times import Published
from tests.real import kind_page
from tests.real.comparing import differing, is_same_time
from tests.real.reading import answer_of
from tests.real.rows import Row, missing, read_bytes, read_rows

OURS, DATEPARSER, HTMLDATE = "cloud carnival", "dateparser", "htmldate"
PAGES = ("page", "case_page")
COLUMNS = ("feeds", "none invented", "sitemaps", "pages", "case feeds", "case pages")
CAPTURED = COLUMNS[:4]  # the others were written to be hard; what of them is missed stands in a list of its own
LANGUAGES = ["zh", "en", "de", "fr", "es", "it", "pt", "hu", "el", "ko", "ru"]  # those that the captured rows are in
Wrong = Callable[[Row], list[str]]


def read_value(text: str, *, chinese: bool) -> Published | None:
    """dateparser in the place of `crawler.dates.read.read_time`, with the settings under which it met most."""
    found = dateparser.parse(text[:100], languages=LANGUAGES, settings=_settings(chinese=chinese))
    return _published(found, text)


def find_in_line(text: str, *, chinese: bool) -> Iterator[tuple[int, Published]]:
    """dateparser's search in the place of `crawler.dates.search.find_dates`."""
    place = 0
    for words, moment in search_dates(text, languages=LANGUAGES, settings=_settings(chinese=chinese)) or ():
        place = max(place, text.find(words, place))
        if published := _published(moment, words):
            yield place, published


def _settings(*, chinese: bool) -> dict[str, Any]:
    return {
        "TIMEZONE": "Asia/Shanghai" if chinese else "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "REQUIRE_PARTS": ["year", "month", "day"],  # nothing is guessed
        "PARSERS": ["absolute-time"],  # no "tomorrow"
    }


def _published(found: datetime | None, text: str) -> Published | None:
    """It does not say whether the text names an hour: one with a midnight and without a colon is taken for a day."""
    if found is None:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    is_midnight = (aware.hour, aware.minute, aware.second) == (0, 0, 0)
    return Published(at=aware, is_day=is_midnight and ":" not in text)


@contextmanager
def dateparser_instead() -> Iterator[None]:
    """Put dateparser into the places of the project's functions, and take it out again."""
    places = [(module, "read_time", read_value) for module in (xml, jsonfeed, sitemap, dates, date_search)]
    with ExitStack() as stack:
        for module, name, function in (*places, (dates, "find_dates", find_in_line)):
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, function)
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Rows met of those that ask, by column; the rows missed; seconds for all."""

    name: str
    met: Mapping[str, int]
    asked: Mapping[str, int]
    missed: Sequence[str]
    seconds: float


def measure(name: str, rows: Sequence[Row], wrong_page: Wrong) -> Measured:
    """Read every row that states a day and count those of which the reader gets it."""
    met, asked, missed = dict.fromkeys(COLUMNS, 0), dict.fromkeys(COLUMNS, 0), list[str]()
    began = time.perf_counter()
    for row in rows:
        if (column := _column(row)) is not None:
            reasons = wrong_page(row) if row.kind in PAGES else _wrong_feed(row)
            asked[column] += 1
            met[column] += not reasons
            missed += [f"{row.id}: {reason}" for reason in reasons[:1]]
    return Measured(name=name, met=met, asked=asked, missed=missed, seconds=time.perf_counter() - began)


def _column(row: Row) -> str | None:
    """Where the row counts; None where it says nothing of a day."""
    first = row.expected.get("first") or {}
    match row.kind:
        case "feed" | "case_feed" if "published" in (first.get("absent") or ()):
            return "none invented"
        case "feed" | "case_feed" if first.get("published"):
            return "feeds" if row.kind == "feed" else "case feeds"
        case "sitemap" if row.expected.get("first_lastmod"):
            return "sitemaps"
        case "page" | "case_page" if row.expected.get("published"):
            return "pages" if row.kind == "page" else "case pages"
    return None


def _wrong_feed(row: Row) -> list[str]:
    answer = answer_of(row.path, row.expected)
    first = row.expected.get("first") or {}
    wanted = first.get("published") or row.expected.get("first_lastmod")
    got = answer["entries"][0]["published"] if answer and answer["entries"] else None
    is_right = is_same_time(got, wanted) if wanted else got is None
    return [] if is_right else [differing("published", got, wanted or "nothing")]


def _wrong_page(row: Row) -> list[str]:
    return kind_page.published(kind_page.read(row.path, row.expected), row.expected)


def _wrong_by_htmldate(row: Row) -> list[str]:
    found = find_date(decode(read_bytes(row.path), None), original_date=True, extensive_search=True)
    return kind_page.published({"published": found or ""}, row.expected)


def main() -> int:
    """Print the table and the figures; return the exit code."""
    if reason := missing():
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    warnings.simplefilter("ignore")  # dateparser warns of its own calls
    rows = [row for row in read_rows() if _column(row)]
    ours = measure(OURS, rows, _wrong_page)
    with dateparser_instead():
        theirs = measure(DATEPARSER, rows, _wrong_page)
    found = [ours, theirs, measure(HTMLDATE, [row for row in rows if row.kind in PAGES], _wrong_by_htmldate)]
    console = Console(width=140)
    table = Table("reader", *COLUMNS, "seconds", title="rows of which the day or moment is read right")
    for one in found:
        shares = (f"{one.met[column]}/{one.asked[column]}" if one.asked[column] else "" for column in COLUMNS)
        table.add_row(one.name, *shares, f"{one.seconds:.1f}")
    console.print(table)
    for one in found:
        console.print(f"{one.name} misses:", *(one.missed or ["nothing"]), sep="\n  ", markup=False, soft_wrap=True)
    figures = (f"{one.name} {sum(one.met.values())}/{sum(one.asked.values())} in {one.seconds:.1f} s" for one in found)
    console.print(f"dates: {'; '.join(figures)}", soft_wrap=True)
    return int(any(one.met[column] > ours.met[column] for one in found[1:] for column in CAPTURED))


if __name__ == "__main__":
    sys.exit(main())
