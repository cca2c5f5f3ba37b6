"""Patterns of written dates: take a text apart into year, month, day, clock and zone."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crawler.dates.names import MONTH_NUMBERS

MAX_CHARS = 100  # no written time is longer; keeps hostile texts away from the patterns
YEARS = range(1900, 2200)  # beyond them stand only defaults of programs, such as 0001-01-01
TURN_OF_CENTURY = 70  # a year of two digits below it is of this century

CHINESE_DIGITS = "〇零○一二三四五六七八九"
CHINESE_NUMBER = re.compile(rf"[{CHINESE_DIGITS}十0]+(?=[年月日号號])")

LATE, EARLY, NOON = ("下午", "晚上", "오후", "pm", "p.m."), ("上午", "早上", "凌晨", "오전", "am", "a.m."), ("中午",)
HALF = "|".join(re.escape(word) for word in (*LATE, *EARLY, *NOON))

# `Saturday, September 19, 2026 - 3:09pm`, `… 2026 at 03:09 PM`, `19 de septiembre de 2026`, `19 сентября 2026 г.`
FILLERS = (",", "-", "at", "de", "of", "г.", "р.")

DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>0?\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日号號일]",
        r"(?P<year>\d{4})-(?P<month>[^\W\d_]{3,12})-(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?P<year>\d{4})-?(?P<ordinal>\d{3})(?!\d)",
        # A day behind the twelfth cannot be a month: 25/5/2020, 5/25/2020. With dots the day comes first.
        r"(?P<day>1[3-9]|2\d|3[01])(?P<mark>[-/])(?P<month>0?\d|1[0-2])(?P=mark)(?P<year>\d{4})(?!\d)",
        r"(?P<month>0?\d|1[0-2])(?P<mark>[-/])(?P<day>1[3-9]|2\d|3[01])(?P=mark)(?P<year>\d{4})(?!\d)",
        r"(?P<day>0?\d|[12]\d|3[01])\.(?P<month>0?\d|1[0-2])\.(?P<year>\d{4})(?!\d)",
    )
)
FIRST_WEEKDAY = re.compile(r"(?:[^\W\d_]{2,9},|(?:星期|周)[一二三四五六日天],?) ?")
LATER_WEEKDAY = re.compile(r" ?(?:星期|周)[一二三四五六日天]")
GAP = re.compile(r" ?[Tt, ] ?|-(?=\d{1,2}:\d{2}:\d{2}(?!\d))|")
CLOCK = re.compile(
    rf"(?P<half>{HALF})? ?(?P<hour>\d{{1,2}}) ?"
    r"(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    r"|[时時點点시] ?(?:(?P<fen>\d{1,2}) ?[分분]? ?(?:(?P<miao>\d{1,2}) ?[秒초])?)?)"
    rf"(?: ?(?P<late_half>{HALF})(?![^\W\d_]))?",
    re.IGNORECASE,
)
BARE_CLOCK = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?:[.,]\d{1,9})?(?!\d)")
SHORT_OFFSET = re.compile(r"[+-]\d{1,2}")
COMMENT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
DASHED = re.compile(r"(\d{1,2})[-/](\d{1,2}月|[^\W\d_]{3,10}) ?[-/](\d{2,4})")
COMPACT = re.compile(r"(\d{8})(\d{6}|\d{4})")  # 20260919103015
CHINESE_MONTH, CHINESE_FIGURE = re.compile(r"(\d{1,2})[月월]"), re.compile(r"(\d{1,4})[年日号號년일]")
ORDINAL_DAY = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A written time taken apart. clock: since midnight, None for a bare day. zone: its words, empty where none."""

    year: int
    month: int
    day: int
    clock: timedelta | None
    zone: str


def take_apart(text: str) -> Parts | None:
    """Return the parts of a text that is a time as a whole, with its year; None of any other."""
    if len(text) > MAX_CHARS:
        return None
    plain = " ".join(COMMENT.sub(" ", unicodedata.normalize("NFKC", text)).split())
    plain = CHINESE_NUMBER.sub(lambda match: arabic(match.group()), plain)
    if compact := COMPACT.fullmatch(plain):
        plain = f"{compact[1]}T{compact[2]}"
    numeric = FIRST_WEEKDAY.sub("", plain, count=1)
    return _numeric(numeric) or _clock_first(numeric) or _worded(plain)


def _numeric(text: str) -> Parts | None:
    """Year first, in figures: ISO 8601 and W3CDTF, database forms, 年月日."""
    found = next((match for pattern in DATES if (match := pattern.match(text))), None)
    day = _day(found.groupdict()) if found else None
    if found is None or day is None:
        return None
    rest = text[found.end() :]
    rest = rest[match.end() :] if (match := LATER_WEEKDAY.match(rest)) else rest
    clock, zone = _clock_at_start(rest)
    if clock is None and SHORT_OFFSET.fullmatch(zone):  # `2026-09-19-01` has a part too many
        return None
    return Parts(year=day[0], month=day[1], day=day[2], clock=clock, zone=zone)


def _clock_first(text: str) -> Parts | None:
    """`下午 3:07 2024/7/6`."""
    match = CLOCK.match(text)
    clock = _clock(match) if match else None
    parts = _numeric(text[match.end() :].lstrip(" ,")) if match and clock is not None else None
    return replace(parts, clock=clock) if parts and parts.clock is None else None


def _day(found: dict[str, str | None]) -> tuple[int, int, int] | None:
    year = int(found["year"] or 0)
    if ordinal := found.get("ordinal"):
        counted = date(year, 1, 1) + timedelta(days=int(ordinal) - 1) if year in YEARS else None
        return (year, counted.month, counted.day) if counted and counted.year == year else None
    month = found["month"] or ""
    number = int(month) if month.isdecimal() else MONTH_NUMBERS.get(month.casefold())
    return (year, number, int(found["day"] or 0)) if number else None


def _clock_at_start(rest: str) -> tuple[timedelta | None, str]:
    """Return the clock at the start and what follows it; the whole as the rest where there is no right clock."""
    gap = GAP.match(rest)
    start = gap.end() if gap else 0
    match = CLOCK.match(rest, start)
    if match is None and rest[:1] in ("T", "t"):
        match = BARE_CLOCK.match(rest, start)
    clock = _clock(match) if match else None
    return (clock, rest[match.end() :].strip()) if match and clock is not None else (None, rest)


def _clock(match: re.Match[str]) -> timedelta | None:
    """None where the figures are no time of day."""
    found = match.groupdict()
    minute = int(found.get("minute") or found.get("fen") or 0)
    second = int(found.get("second") or found.get("miao") or 0)
    hour = _hour(int(found["hour"]), (found.get("half") or found.get("late_half") or "").lower())
    if hour is None or minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _hour(hour: int, half: str) -> int | None:
    if half == "晚上" and hour == 12:  # midnight, and nobody knows of which day
        return None
    if half in LATE or (half in NOON and hour < 10):
        return hour + 12 if hour < 12 else hour
    if half in EARLY and hour >= 12:
        return 0 if hour == 12 else None
    return hour


def _worded(text: str) -> Parts | None:
    """The month by its name: RFC 822 and its variants, asctime, what JavaScript and Java print."""
    match = CLOCK.search(text)
    clock = _clock(match) if match else None
    if match and clock is None:
        return None
    before, after = (text[: match.start()], text[match.end() :]) if match else (text, "")
    words = DASHED.sub(r"\1 \2 \3", before).replace(",", " , ").split()
    words += after.replace(",", " ").split()
    if words and _is_weekday(words):
        words = words[1:]
    return _assemble([word for word in words if word not in FILLERS], clock)


def _is_weekday(words: list[str]) -> bool:
    """Whether the first word is one, in any language: a month comes later, and it is none itself (`mar, 5 mar`)."""
    is_month = bool(_month(words[0])) and not words[0].endswith(".") and words[1:2] != [","]
    return not words[0][0].isdecimal() and not is_month and any(_month(word) for word in words[1:])


def _month(word: str) -> int | None:
    if figure := CHINESE_MONTH.fullmatch(word):
        return int(figure[1])
    return MONTH_NUMBERS.get(word.casefold().rstrip("."))


def _assemble(words: list[str], clock: timedelta | None) -> Parts | None:
    months, numbers, zone = list[int](), list[str](), list[str]()
    for word in words:
        if (month := _month(word)) and not months:
            months.append(month)
        elif (figure := ORDINAL_DAY.fullmatch(word) or CHINESE_FIGURE.fullmatch(word)) and len(numbers) < 2:
            numbers.append(figure.group(1))
        elif months and numbers:
            zone.append(word)
        else:
            return None
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < TURN_OF_CENTURY else 1900)
    return Parts(year=full, month=months[0], day=int(day), clock=clock, zone=" ".join(zone))


def arabic(number: str) -> str:
    """Figures for a Chinese number: a year figure by figure, a month or day with its ten."""
    figures = str.maketrans(CHINESE_DIGITS, "000123456789")
    if "十" not in number:
        return number.translate(figures)
    tens, ones = number.split("十", 1)
    return f"{tens.translate(figures) or '1'}{ones.translate(figures) or '0'}"
