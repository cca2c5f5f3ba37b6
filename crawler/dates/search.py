"""Find dates inside longer text: a line at a headline, an address, a script. A date without a year is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.dates.forms import CHINESE_NUMBER, arabic
from crawler.dates.names import MONTH_NUMBERS
from crawler.dates.read import read_time
from indexer.base.times import Published

FIRST_YEAR, LAST_YEAR = 1995, 2100
SCRIPT_CHARS, SCRIPT_TIMES = 200_000, 20

YEAR = r"(?P<year>(?:19|20)\d\d)"
A_YEAR = re.compile(r"(?:19|20)\d\d|[〇○零0一二三四五六七八九]{4}\s?年")
FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2026-09-17, 2026年9月17日, 2026/09/17, 2026.9.17, and split over elements: 2026 09/17
        rf"(?<!\d){YEAR}\s?(?:[-–/.年]|\s)\s?(?P<month>\d{{1,2}})\s?[-–/.月]\s?(?P<day>\d{{1,2}})(?!\d)\s?[日号]?",
        # 发布时间：20260917; without the label it may count or name something
        rf"(?:(?<=[间期布][:：])|(?<=[间期布][:：]\s)){YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        # 二〇二六年九月十七日
        r"(?<![〇○零一二三四五六七八九十])(?P<chinese>[〇○零0一二三四五六七八九]{4}\s?年\s?[一二三四五六七八九十]{1,2}\s?月"
        r"\s?[一二三四五六七八九十]{1,3}\s?[日号])",
        # 9月 17, 2026 and 17 9月, 2026, as English forms of a date give with Chinese names of months
        rf"(?<!\d)(?P<month>\d{{1,2}})月\s?(?P<day>\d{{1,2}})日?[,，\s]\s?{YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})日?\s?(?P<month>\d{{1,2}})月[,，\s]\s?{YEAR}(?!\d)",
        # 17.09.2026; with slashes nobody knows which is the month
        rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{YEAR}(?!\d)",
        # 17/09/2026, where the day cannot be a month
        rf"(?<![\d/])(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{YEAR}(?!\d)",
        # 17. September 2026, 17 de septiembre de 2026
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|º)?\s*(?:de\s+)?(?P<name>[^\W\d]{{3,10}})\.?,?\s+(?:de\s+)?{YEAR}(?!\d)",
        # September 17, 2026
        rf"(?P<name>[^\W\d]{{3,10}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)",
    )
)
CLOCK = re.compile(
    r"[\sT,，/|–-]*(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?|um|at)?[\sT,，]*(?P<part>上午|早上|凌晨|中午|下午|晚上)?\s?"
    r"(?P<hour>\d{1,2})\s?[:：时]\s?(?P<minute>\d{2})(?:\s?[:：分]\s?(?P<second>\d{2})(?!\d))?"
    r"(?:\.\d{1,6})?\s?(?P<half>[ap]\.?m\b)?\s?(?P<zone>Z\b|[+-]\d{2}:?\d{2}|UTC|GMT|CEST|CET)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
SCRIPT_TIME = re.compile(
    r"""(?:publish_?(?:time|date|ed_?(?:at|time|on)?)|pub_?(?:time|date)|ptime|release_?(?:time|date)|issue_?(?:time|date))"""
    r"""["']?\s*[:=]\s*["']?(?P<value>(?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}[^"'<>,;]{0,25}|1\d{9}(?:\d{3})?)(?!\d)""",
    re.IGNORECASE,
)


# Full width to half width, one character each: places stay.
NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *map(ord, "／－．：，（）"))}


@dataclass(frozen=True, slots=True)
class Found:
    """A date inside a text; end: behind its day and clock."""

    start: int
    end: int
    published: Published


def find_dates(text: str, *, chinese: bool) -> Iterator[tuple[int, Published]]:
    """Yield each date with a year that stands in the text, with its place; the clock beside it is read too."""
    return ((found.start, found.published) for found in dates_in(text, chinese=chinese))


def dates_in(text: str, *, chinese: bool) -> Iterator[Found]:
    """Yield each date with a year that stands in the text; the clock beside it is read too."""
    if not text.isascii():
        text = text.translate(NARROW)
    if not A_YEAR.search(text):
        return
    for form in FORMS:
        for found in form.finditer(text):
            day = _day(found)
            if day is None:
                continue
            clock = CLOCK.match(text, found.end())
            moment = read_time(f"{day} {_clock(clock)}", chinese=chinese) if clock else None
            end = clock.end() if clock and moment else found.end()
            if moment := moment or read_time(day, chinese=chinese):
                yield Found(found.start(), end, moment)


def date_in_address(url: str, *, chinese: bool) -> Published | None:
    """Return the day in an address such as /2026/09/17/ or t20260917_1.html, where it names just one."""
    days = {f"{found['year']}-{found['month']}-{found['day']}" for found in ADDRESS.finditer(url)}
    if len(days) != 1 or not FIRST_YEAR <= int(next(iter(days))[:4]) <= LAST_YEAR:
        return None
    return read_time(days.pop(), chinese=chinese)


def times_in_scripts(page: HtmlElement) -> tuple[str, ...]:
    """Return what the page's scripts call a time of publication (as written); call it while they still stand there."""
    found: list[str] = []
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            continue  # read as what it is, in `fields/linked.py`
        found.extend(match["value"] for match in SCRIPT_TIME.finditer((script.text or "")[:SCRIPT_CHARS]))
    return tuple(dict.fromkeys(found))[:SCRIPT_TIMES]


def _day(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if written := parts.get("chinese"):
        return CHINESE_NUMBER.sub(lambda number: arabic(number[0]), "".join(written.split()))
    month = int(parts["month"]) if parts.get("month") else MONTH_NUMBERS.get((parts.get("name") or "").lower())
    if month is None or not FIRST_YEAR <= int(parts["year"]) <= LAST_YEAR:
        return None
    return f"{parts['year']}-{month:02}-{int(parts['day']):02}"


def _clock(found: re.Match[str]) -> str:
    second = f":{found['second']}" if found["second"] else ""
    part, half, zone = found["part"] or "", found["half"] or "", found["zone"] or ""
    return f"{part}{int(found['hour']):02}:{found['minute']}{second} {half}{zone}".strip()
