"""The clock of the soak: virtual for all of the product in this process, while sockets and time limits stay real."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from indexer.base import times


class VirtualClock:
    """A clock that stands until it is turned; called, it says what time it is."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def turn_to(self, at: datetime) -> None:
        """Let it be later. Raises ValueError for a time that is over."""
        if at < self.at:
            raise ValueError(f"{at} is over")
        self.at = at

    def turn(self, by: timedelta) -> None:
        """Let so much time pass."""
        self.turn_to(self.at + by)


def _now() -> datetime:
    """What `times.now` does meanwhile; its names are those of the module that it stands in."""
    return SOAK_CLOCK()  # type: ignore[name-defined, no-any-return]  # noqa: F821


@contextmanager
def virtual(clock: VirtualClock) -> Iterator[None]:
    """Let `indexer.base.times.now`, in whatever module it was imported, say the time of the clock."""
    real = times.now.__code__
    vars(times)["SOAK_CLOCK"] = clock
    times.now.__code__ = _now.__code__
    try:
        yield
    finally:
        times.now.__code__ = real
        del vars(times)["SOAK_CLOCK"]


BEGINNING = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)  # midnight in Beijing
