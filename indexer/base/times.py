"""The clock, the Beijing zone, and a point in time that knows whether it names an hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

CLOCK_SLACK = timedelta(minutes=2)  # clocks of two machines differ by less: a time further ahead is a wrong one
BEIJING = timezone(timedelta(hours=8))


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
