"""Parse the time zone of a written time: offsets, abbreviations, names."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indexer.base.times import BEIJING

# Hours east of Greenwich. RFC 822 names, and those that feeds of our neighbours use. CST is decided by the reader.
HOURS_EAST = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "met": 1, "mest": 2, "cet": 1, "cest": 2,
    "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "ict": 7, "hkt": 8, "sgt": 8, "awst": 8, "pht": 8, "bjt": 8, "jst": 9,
    "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "at": -4, "ast": -4, "adt": -3, "et": -5,
    "est": -5, "edt": -4, "ct": -6, "cdt": -5, "mt": -7, "mst": -7, "mdt": -6, "pt": -8, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "cst": -6,
}  # fmt: skip
CHINESE_NAMES = {"cst": 8, "bt": 8, "北京时间": 8, "中国标准时间": 8}

OFFSET = re.compile(r"(?:gmt|utc?|z)?\s*([+-])(\d{1,2})(?::?(\d{2}))?z?")
TWICE = re.compile(r"^([+-]\d{2}:?\d{2}) (?:[A-Z]{1,5}|[+-]\d{2}(?::?\d{2})?)$")  # Go: `+0800 CST`, `+0800 +0800`
ABBREVIATION = re.compile(r"[A-Z]{1,5}")
REGION = re.compile(r"[A-Za-z]+(?:/[A-Za-z_]+){1,2}")
MAX_OFFSET_HOURS = 24  # beyond it no offset can be meant, and datetime takes none


def read_zone(text: str, *, chinese: bool) -> tzinfo | None:
    """Return the zone that `text` names, the source's own where it names none that is known.

    The source's own is +08:00 when `chinese`, else UTC; CST likewise is China's, else US Central.
    None where `text` is no zone at all, so that the whole is no time.
    """
    own = BEIJING if chinese else UTC
    name = TWICE.sub(r"\1", re.sub(r"^(?i:etc)/", "", text.strip()))
    if not name:
        return own
    if REGION.fullmatch(name):
        return _region(name) or own
    low = name.lower()
    if match := OFFSET.fullmatch(low):
        return _offset(match)
    if chinese and low in CHINESE_NAMES:
        return BEIJING
    if low in HOURS_EAST:
        return timezone(timedelta(hours=HOURS_EAST[low]))
    return own if ABBREVIATION.fullmatch(name) else None


def _offset(match: re.Match[str]) -> tzinfo | None:
    sign, hours, minutes = match.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if size >= timedelta(hours=MAX_OFFSET_HOURS) or int(minutes or 0) >= 60:
        return None
    return timezone(-size if sign == "-" else size)


def _region(name: str) -> tzinfo | None:
    """None where the machine has no table of zones, or not this one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
