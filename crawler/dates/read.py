"""Parse a written time: a point in time, or a bare day where no hour is named."""

import re
from datetime import UTC, datetime, timedelta

from crawler.dates.forms import YEARS, take_apart
from crawler.dates.zones import read_zone
from indexer.base.times import BEIJING, Published

EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")


def read_stamp(text: str, *, chinese: bool) -> Published | None:
    """Return what `read_time` returns, and the moment of a bare number of seconds or milliseconds since 1970.

    For fields that hold nothing but a time: anywhere else such a number may count or name something.
    """
    if found := EPOCH.fullmatch(text.strip()):
        return Published(at=datetime.fromtimestamp(int(found[1]), BEIJING if chinese else UTC))
    return read_time(text, chinese=chinese)


def read_time(text: str, *, chinese: bool) -> Published | None:
    """Return the moment or the bare day that `text` as a whole names; None where it names none.

    chinese: a time without a zone is +08:00 and CST is China's; else UTC, and CST is US Central.
    Read are RFC 822 and 2822 with their variants, asctime, ISO 8601 and W3CDTF, database forms, 年月日.
    Nothing is guessed: no year, no day of a bare month, no day of `07/08/2026`, never today.
    """
    parts = take_apart(text)
    if parts is None or parts.year not in YEARS:
        return None
    zone = read_zone(parts.zone, chinese=chinese)
    if zone is None:
        return None
    try:
        midnight = datetime(parts.year, parts.month, parts.day, tzinfo=zone)
    except ValueError:
        return None  # 31 June: the text names no day
    return Published(at=midnight + (parts.clock or timedelta(0)), is_day=parts.clock is None)
