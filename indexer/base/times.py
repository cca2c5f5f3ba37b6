"""The clock, the Beijing zone, and a point in time that knows whether it names an hour."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

CLOCK_SLACK = timedelta(minutes=2)  # clocks of two machines differ by less: a time further ahead is a wrong one
BEIJING = timezone(timedelta(hours=8))
YEARS = range(1901, 2200)  # what a reader may ask for
MONTH = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")


def now() -> datetime:
    """Return the present moment, aware, in UTC. Only edges call it; what decides takes `now` as an argument."""
    return datetime.now(UTC)


def month_of(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a month that is written as 2026-09; None where it is none. Pure."""
    if not (found := MONTH.fullmatch(text)) or int(found[1]) not in YEARS:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a source says it was published.

    at: aware; for a bare day its midnight in the zone of the source. is_day: the source names no hour.
    Raises ValueError for a time without a zone.
    """

    at: datetime
    is_day: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("published has no zone: give +08:00 where a Chinese page names none")

    def __str__(self) -> str:
        """ISO 8601: `2026-09-17` for a bare day, else with seconds and offset."""
        return self.at.date().isoformat() if self.is_day else self.at.isoformat(timespec="seconds")
