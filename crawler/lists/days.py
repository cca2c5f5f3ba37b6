"""The day of publication that a row of a list writes, in one piece or in parts. What is not sure is none."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.dates.read import read_time
from crawler.dates.search import date_in_address, find_dates
from crawler.lists.fields import Field
from crawler.lists.words import folded
from indexer.base.times import Published

NOTE_CHARS = 50  # a longer piece is a summary: its days are of what it tells
PUBLISHED = re.compile(
    r"(?:发布|发表|发稿|发文|发帖|公开|刊登|上传|添加|录入|创建|印发|posted|published)"
    r"(?:时间|日期|于| on)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
PLAIN_LABEL = re.compile(
    r"(?:^|[\s|/,，;；])(?:时间|日期|更新(?:时间|日期)?|date|time|updated)\s*[:：]?\s*$", re.IGNORECASE
)
SENTENCE = re.compile(r"[。！？!?；;]|，.*，|地点|报名|对象|嘉宾|主讲")
OTHER_LABEL = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}\s*(?:[:：]|于|自|从|至|到)\s*$")
RANGE_BEFORE, RANGE_AFTER = (
    re.compile(r"(?:[至到~～]|[-–—]{1,2}\s)\s*$"),
    re.compile(
        r"^[^\d\u4e00-\u9fff]{0,3}(?:\d{1,2}[:：]\d{2}[^\d]{0,3})?\s*(?:[至到~～起止前]|以前|之前|[-–—]{1,2}\s?\d)"
    ),
)
CLOCK_AFTER = re.compile(r"[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
DAY_SIGN = re.compile(r"^\s?[日号]")
FIGURES = re.compile(r"\d\D{0,3}\d|年")
NUMBER = re.compile(r"\d+")
AMERICAN = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]((?:19|20)\d\d)(?!\d)")
EUROPEAN = re.compile(r"(?<![\d/.-])(1[3-9]|2\d|3[01])[/.-](0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)(?!\d)")
SIGN_BLANKS = re.compile(r"(?<=\d)\s?([-/.])\s?(?=\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_Y, _M, _D = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>3[01]|[12]\d|0?[1-9])"
_S = r"\s?[-–—/.年·]\s?"
PARTS = {
    "year": re.compile(rf"{_Y}\s?年?"),
    "year month": re.compile(rf"{_Y}{_S}{_M}\s?月?"),
    "month year": re.compile(rf"{_M}\s?[-/.月,，]{{1,2}}\s?{_Y}\s?年?"),
    "month day": re.compile(rf"{_M}\s?[-–—/.月·]\s?{_D}\s?[日号]?"),
    "month": re.compile(rf"{_M}\s?月"),
    "day": re.compile(rf"{_D}\s?[日号]"),
    "number": re.compile(r"\d{1,2}"),
    "name": re.compile(r"(?P<name>[a-z]{3,9})\.?", re.IGNORECASE),
    "name year": re.compile(rf"(?P<name>[a-z]{{3,9}})\.?,?\s?{_Y}", re.IGNORECASE),
    "name day": re.compile(
        rf"(?P<name>[a-z]{{3,9}})\.?\s?{_D},?|{_D.replace('day', 'day2')}\s(?P<name2>[a-z]{{3,9}})\.?", re.IGNORECASE
    ),
}
WITHOUT_YEAR = re.compile(rf"(?:\d\d\s?[-/.]\s?)?{_M}\s?[-–—/.月·]\s?{_D}\s?[日号]?")
ATTRIBUTE_CHARS = 500
BRACKETS = "[]【】()（）<>〈〉|/ ·•,，"


def day_of(fields: Sequence[Field]) -> Published | None:
    """Return the day of publication that these fields of a row write; None where they write none, or several.

    The fields of the title and of summaries are left out by the caller, or as too long here.
    """
    machine = {str(day): day for day in _in_attributes([field for field in fields if not field.is_changed])}
    if len(machine) == 1:
        return next(iter(machine.values()))
    by_rank: dict[int, dict[str, Published]] = {}
    for field in fields:
        for rank, day in _in_field(field):
            by_rank.setdefault(rank, {}).setdefault(str(day)[:10], day)
    if not any(FIGURES.search(field.folded) or field.folded.isdigit() for field in fields):
        return None
    assembled = {} if by_rank.get(0) or by_rank.get(1) else {str(day): day for day in _assembled(fields)}
    for found in (by_rank.get(0), by_rank.get(1), assembled, by_rank.get(2)):
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def day_said_in(text: str) -> Published | None:
    """Return the day that a text says was that of publication, as the title of a link does: `发表时间：2026-09-30`."""
    plain = folded(text[:ATTRIBUTE_CHARS])
    found = [day for place, day in find_dates(plain, chinese=True) if PUBLISHED.search(plain[:place])]
    return found[0] if len(found) == 1 else None


def confirmed_by(url: str, fields: Sequence[Field]) -> Published | None:
    """Return the day of an address where a field of the row writes it without its year: `[09-30]` and t20260930_1."""
    day = date_in_address(url, chinese=True)
    if day is None:
        return None
    written = (WITHOUT_YEAR.fullmatch(field.folded.strip(BRACKETS)) for field in fields if field.is_day)
    same = any(found and (int(found["month"]), int(found["day"])) == (day.at.month, day.at.day) for found in written)
    return day if same else None


def whole_day(text: str) -> Published | None:
    """Return the day that a text names as a whole, label and brackets left out; None without a year."""
    plain = folded(text).strip(BRACKETS)
    if read := read_time(plain, chinese=True):
        return read
    close = SIGN_BLANKS.sub(r"\1", plain)
    if found := AMERICAN.fullmatch(close):
        return read_time(f"{found[3]}-{found[1]}-{found[2]}", chinese=True)
    if found := EUROPEAN.fullmatch(close):
        return read_time(f"{found[3]}-{found[2]}-{found[1]}", chinese=True)
    days = list(find_dates(plain, chinese=True))
    return days[0][1] if len(days) == 1 else None


def _in_attributes(fields: Sequence[Field]) -> Iterator[Published]:
    """Days for machines: of a `time` element, or the title of a piece that only says `3天前`."""
    for field in fields:
        element = field.element
        if element.tag == "a" and (around := element.getparent()) is not None and around.tag == "time":
            element = around
        written = (
            (element.get("datetime") or element.get("data-time") or "")
            if element.tag in ("time", "abbr", "span")
            else ""
        )
        if not written and field.is_day and element.tag != "a":
            written = element.get("title") or ""
        if written and len(written) <= NOTE_CHARS and (day := read_time(written.strip(), chinese=True)):
            yield day


def _in_field(field: Field) -> Iterator[tuple[int, Published]]:
    """Each day of a field, and how surely it is the publication's: 0 it says so, 1 it is the whole, 2 it is there."""
    text = field.folded
    if len(text) > NOTE_CHARS * 2 or not FIGURES.search(text):
        return
    found = list(find_dates(text, chinese=True))
    if not found and field.is_day and (day := whole_day(text)):
        yield 1, day
    for place, day in found:
        before, after = text[:place], _after(text, place)
        if RANGE_BEFORE.search(before) or RANGE_AFTER.search(after):
            continue
        if PUBLISHED.search(before):
            yield 0, day
        elif field.is_day and len(found) == 1:
            yield 1, day
        elif _is_note(text) and (PLAIN_LABEL.search(before) or (_stands_alone(before, after))):
            yield 2, day


def _is_note(text: str) -> bool:
    """Whether a piece of text tells of the row itself, rather than of what happens when."""
    return len(text) <= NOTE_CHARS and not SENTENCE.search(text)


def _stands_alone(before: str, after: str) -> bool:
    """Whether a day is parted from the words around it, and is not what one of them names."""
    return not (before[-1:].isalnum() or after[:1].isalnum() or OTHER_LABEL.search(before))


def _after(text: str, place: int) -> str:
    """What follows the date that begins here, and its clock."""
    end = place
    for count, number in enumerate(NUMBER.finditer(text, place)):
        end = number.end()
        if count == 2 or len(number[0]) == 8:
            break
    rest = DAY_SIGN.sub("", text[end:])
    clock = CLOCK_AFTER.match(rest)
    return rest[clock.end() :] if clock else rest


def _assembled(fields: Sequence[Field]) -> Iterator[Published]:
    """Days whose parts stand in fields side by side: `30` and `2026-09`, `09-30` and `2026`, `30`, `9月`, `2026`."""
    parts = [_parts(field) for field in fields if any(sign.isalnum() for sign in field.text)]
    place = 0
    while place < len(parts):
        for count in (3, 2):
            chosen = parts[place : place + count]
            if len(chosen) == count and all(chosen) and (day := _put_together(chosen)):
                yield day
                place += count - 1
                break
        place += 1


def _parts(field: Field) -> dict[str, re.Match[str]]:
    """What a field may be as a part of a date, by the kind of part."""
    text = field.folded.strip(BRACKETS + "-–—.")
    return {kind: found for kind, form in PARTS.items() if (found := form.fullmatch(text))} if len(text) <= 16 else {}


def _put_together(parts: Sequence[dict[str, re.Match[str]]]) -> Published | None:
    for kinds in _readings(len(parts)):
        if not all(kind in part for kind, part in zip(kinds, parts, strict=True)):
            continue
        year, month, day = "", "", ""
        numbers: list[str] = []
        for kind, part in zip(kinds, parts, strict=True):
            named = part[kind].groupdict()
            year = named.get("year") or year
            month = named.get("month") or _month(named.get("name") or named.get("name2") or "") or month
            day = named.get("day") or named.get("day2") or day
            if kind == "number":
                numbers.append(part[kind][0])
        if len(numbers) == 1 and not day:
            day = numbers[0]
        elif len(numbers) == 2:
            month, day = _sorted_out(numbers, is_year_first=kinds[0] == "year")
        if year and month and day and (read := read_time(f"{year}-{int(month):02}-{int(day):02}", chinese=True)):
            return read
    return None


def _readings(count: int) -> Iterator[tuple[str, ...]]:
    """The kinds of parts that make a day, in their order on the page."""
    pairs = (
        ("day", "year month"), ("number", "year month"), ("number", "month year"), ("number", "name year"),
        ("month day", "year"), ("name day", "year"),
    )  # fmt: skip
    triples = (
        ("day", "month", "year"), ("number", "month", "year"), ("number", "name", "year"), ("year", "number", "number"),
        ("number", "number", "year"),
    )  # fmt: skip
    for kinds in pairs if count == 2 else triples:
        yield kinds
        if kinds[0] != "year":
            yield kinds[::-1]
    if count == 3:
        yield from (
            ("month", "day", "year"),
            ("month", "number", "year"),
            ("name", "number", "year"),
            ("year", "month", "number"),
        )


def _month(name: str) -> str:
    return str(MONTHS.index(name[:3].lower()) + 1) if name[:3].lower() in MONTHS else ""


def _sorted_out(numbers: Sequence[str], *, is_year_first: bool) -> tuple[str, str]:
    """Month and day of two bare numbers: behind a year in this order, before one only where one of them is no month."""
    first, second = numbers
    if is_year_first:
        return first, second
    if int(first) > 12 >= int(second):
        return second, first
    return (first, second) if int(second) > 12 >= int(first) else ("", "")


def are_sorted(days: Sequence[Published]) -> bool:
    """Tell whether days come newest first, as the articles of a list do."""
    return all(str(later)[:10] >= str(earlier)[:10] for later, earlier in pairwise(days))
