"""The clock, the Beijing zone, and reading a point in time that knows whether it names an hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from indexer.time_forms import YEARS, take_apart
from indexer.time_zones import CHINA, read_zone

CLOCK_SLACK = timedelta(minutes=2)  # clocks of two machines differ by less: a time further ahead is a wrong one
BEIJING = CHINA


def now() -> datetime:
    """Return the present moment, aware, in UTC. Only edges call it; what decides takes `now` as an argument."""
    return datetime.now(UTC)


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
