"""Read when an event takes place, as its text says: days, hours, both with their ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 4000
MOST_TIMES = 4
NEAR = 40  # characters of the same sentence in which a word says that something takes place

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_WEEKDAY = r"(?:\s*[（(]?\s*(?:周|星期|礼拜)[一二三四五六日天]\s*[）)]?)?"
_TO = r"\s*(?:至|到|—+|–|-|~|～|－)\s*"
_DAYS = (
    rf"(?:(?P<year>20\d\d)\s*年\s*)?(?P<month>{_MONTH})\s*月\s*(?P<day>{_DAY})\s*[日号]?{_WEEKDAY}"
    rf"(?:(?:{_TO}|(?<=\d)、)(?:(?P<year2>20\d\d)\s*年\s*)?(?:(?P<month2>{_MONTH})\s*月\s*)?(?P<day2>{_DAY})\s*[日号]{_WEEKDAY})?"
)
_PART = r"(?:上午|下午|中午|晚上?|早上?|清晨|凌晨|傍晚|夜里)"
_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"(?:{_HOUR}\s*[:：]\s*[0-5]\d|(?:{_HOUR}|十[一二]?|[一二两三四五六七八九])\s*[点时](?:半|[0-5]?\d分?)?)"
_HOURS = rf"(?P<part>{_PART})?\s*(?P<from>{_CLOCK})(?:{_TO}(?P<part2>{_PART})?\s*(?P<to>{_CLOCK}))?"
_TIME = re.compile(
    rf"(?<![\d.])(?<!农历)(?:{_DAYS})(?:[，,、\s]*(?:起)?[，,\s]*(?:每[天日周][一二三四五六日天末]?)?\s*(?:{_HOURS}))?"
)
_HELD = re.compile(
    r"举行|举办|开幕|开课|开讲|开展|开放|启动|展出|集合|开始|开演|上演|放映|直播|坐诊|义诊|培训|讲座|活动|参观|演练|展览|市集|来到|走进|见面"
)
_OTHERWISE = re.compile(r"截止|截至|发布|刊发|印发|成立|出生|去年|前年|世界[^，。]{0,8}日$|报名时间")
_LINE = re.compile(r"时\s*间[^\n：:]{0,4}[：:][^\n。；]{0,30}$")
_DIGITS = {"两": 2, **{digit: place for place, digit in enumerate("零一二三四五六七八九")}}
_LATE = ("下午", "晚", "傍晚", "夜")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTime:
    """When it takes place. first, last: days, both included. opens, closes: of a day, None where it is not said.

    start, end: the words' characters in the text, end excluded.
    """

    first: date
    last: date
    opens: time | None
    closes: time | None
    words: str
    start: int
    end: int


def times(text: str, *, published: date, is_activity: bool = False) -> tuple[EventTime, ...]:
    """Return the times of the event, in the order of the text. Pure.

    published: tells the year of a day without one: that which brings it nearest. is_activity: the piece announces one,
    so a day needs no word beside it that says so. A day that no calendar has, the end of a registration and what is
    told of past years are left out.
    """
    found = list(_all(text[:READ_CHARS], published=published))
    on_line = [one for one, is_line, _ in found if is_line]
    held = [one for one, _, is_held in found if is_held or is_activity]
    return tuple((on_line or held)[:MOST_TIMES])


def _all(text: str, *, published: date) -> Iterator[tuple[EventTime, bool, bool]]:
    """Yield each time, whether it stands on a line `时间：`, and whether words beside it say that something is held."""
    for match in _TIME.finditer(text):
        first = _day(match["year"], match["month"], match["day"], near=published)
        if first is None:
            continue
        last = _last(match, first)
        if last is None or last < first:
            continue
        before = re.split(r"[。！？\n]", text[max(0, match.start() - NEAR) : match.start()])[-1]
        after = re.split(r"[。！？\n]", text[match.end() : match.end() + NEAR])[0]
        if _OTHERWISE.search(before[-8:]) or _OTHERWISE.search(after[:5]):
            continue
        words = match[0].rstrip("，,、 ")
        one = EventTime(
            first=first,
            last=last,
            opens=_clock(match["part"], match["from"]),
            closes=_clock(match["part2"] or match["part"], match["to"]),
            words=words,
            start=match.start(),
            end=match.start() + len(words),
        )
        yield one, bool(_LINE.search(before)), bool(_HELD.search(before) or _HELD.search(after))


def _day(year: str | None, month: str, day: str, *, near: date) -> date | None:
    """Return the day; without a year that which lies nearest."""
    years = [int(year)] if year else [near.year, near.year + 1, near.year - 1]
    days = [found for each in years if (found := _calendar(each, _number(month), _number(day))) is not None]
    return min(days, key=lambda one: abs(one - near), default=None)


def _last(match: re.Match[str], first: date) -> date | None:
    if match["day2"] is None:
        return first
    year, month = int(match["year2"] or first.year), _number(match["month2"] or str(first.month))
    last = _calendar(year, month, _number(match["day2"]))
    if last is not None and last < first and match["year2"] is None and first - last > timedelta(days=180):
        return _calendar(year + 1, month, _number(match["day2"]))
    return last


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(part: str | None, written: str | None) -> time | None:
    if written is None:
        return None
    hour, _, rest = re.sub(r"[:：点时]", ":", re.sub(r"[\s分]", "", written), count=1).partition(":")
    hours, minutes = _number(hour), 30 if rest == "半" else int(rest or 0)
    if (part or "").startswith(_LATE) and hours < 12:
        hours += 12
    return time(hours % 24, minutes)


def _number(written: str) -> int:
    """Return a number below a hundred, in figures or as 二十三."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)
