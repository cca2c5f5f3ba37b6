"""The written forms of a date that sources use, each taken apart into year, month, day, clock and zone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

MAX_CHARS = 100  # no written time is longer; keeps hostile texts away from the patterns
YEARS = range(1900, 2200)  # beyond them stand only defaults of programs, such as 0001-01-01
TURN_OF_CENTURY = 70  # a year of two digits below it is of this century

MONTHS = (
    "jan january janv janvier januar januari gen gennaio ene enero janeiro január ιαν",
    "feb february févr février februar februari fev febbraio febrero fevereiro február februári φεβ",
    "mar march mars mär märz mrz marzo março március μαρ μάρ μάώ μαώ",
    "apr april avr avril aprile abr abril április απρ",
    "may mai mag maggio mayo maio maj május μάι μαϊ μαι",
    "jun june juin juni giu giugno junio junho június ιουν ιούν ιον",
    "jul july juil juillet juli lug luglio julio julho július ιουλ ιούλ ιολ",
    "aug august août aout ago agosto augusztus αυγ αύγ",
    "sep sept september septembre set sett settembre septiembre setembro szeptember σεπ",
    "oct october octobre okt oktober ott ottobre octubre outubro október οκτ",
    "nov november novembre noviembre novembro νοε νοέ",
    "dec december déc décembre dez dezember dic dicembre diciembre dezembro δεκ",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
WEEKDAY = re.compile(
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
CHINESE_DIGITS = "〇零一二三四五六七八九"
CHINESE_NUMBER = re.compile(rf"[{CHINESE_DIGITS}十]+(?=[年月日号號])")

LATE, EARLY, NOON = ("下午", "晚上", "오후", "pm", "p.m."), ("上午", "早上", "凌晨", "오전", "am", "a.m."), ("中午",)
HALF = "|".join(re.escape(word) for word in (*LATE, *EARLY, *NOON))

FILLERS = (",", "-", "at")  # `Saturday, September 19, 2026 - 3:09pm`, `… 2026 at 03:09 PM`

DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>0?\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日号號일]",
        r"(?P<year>\d{4})-(?P<month>[^\W\d_]{3,12})-(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?P<year>\d{4})-?(?P<ordinal>\d{3})(?!\d)",
    )
)
FIRST_WEEKDAY = re.compile(r"(?:[^\W\d_]{2,9},|(?:星期|周)[一二三四五六日天],?) ?")
LATER_WEEKDAY = re.compile(r" ?(?:星期|周)[一二三四五六日天]")
GAP = re.compile(r" ?[Tt, ] ?|")
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
DASHED = re.compile(r"(\d{1,2})-([^\W\d_]{3,10})-(\d{2,4})")
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
    plain = CHINESE_NUMBER.sub(lambda match: _arabic(match.group()), plain)
    return _numeric(FIRST_WEEKDAY.sub("", plain, count=1)) or _worded(plain)


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
    if len(words) > 1 and words[1] == "," and not words[0].isdecimal() and words[0].casefold() not in MONTH_NUMBERS:
        words = words[2:]  # a weekday in any language
    return _assemble([word for word in (*words, *after.replace(",", " ").split()) if word not in FILLERS], clock)


def _assemble(words: list[str], clock: timedelta | None) -> Parts | None:
    months, numbers, zone = list[int](), list[str](), list[str]()
    for word in words:
        low = word.casefold().rstrip(".")
        if (month := MONTH_NUMBERS.get(low)) and not months:
            months.append(month)
        elif (figure := ORDINAL_DAY.fullmatch(word)) and len(numbers) < 2:
            numbers.append(figure.group(1))
        elif months and numbers:
            zone.append(word)
        elif not WEEKDAY.fullmatch(low):
            return None
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < TURN_OF_CENTURY else 1900)
    return Parts(year=full, month=months[0], day=int(day), clock=clock, zone=" ".join(zone))


def _arabic(number: str) -> str:
    """Figures for a Chinese number: a year figure by figure, a month or day with its ten."""
    figures = str.maketrans(CHINESE_DIGITS, "00123456789")
    if "十" not in number:
        return number.translate(figures)
    tens, ones = number.split("十", 1)
    return f"{tens.translate(figures) or '1'}{ones.translate(figures) or '0'}"
