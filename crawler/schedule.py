"""Which channels are due: a pure function of their history and the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from indexer.items import Channel, WhitelistStatus
from indexer.times import CLOCK_SLACK

EVERY = timedelta(minutes=30)
LONGEST_BACK_OFF = timedelta(hours=24)
DOUBLINGS = 6  # 30 minutes doubled six times is beyond LONGEST_BACK_OFF
LEASE_SECONDS = 1800  # a channel's read ends before (reading.READ_SECONDS): two crawlers never read it at once
PUSHED_ONLY = frozenset({"wechat_page"})


class History(Protocol):
    """What the records know of a channel's reads; failures: in a row."""

    @property
    def last_read_at(self) -> datetime | None: ...

    @property
    def failures(self) -> int: ...


def is_polled(channel: Channel) -> bool:
    """Tell whether the crawler reads this channel by itself: approved, with a source and an address to read."""
    if channel.status is not WhitelistStatus.APPROVED or channel.source in PUSHED_ONLY:
        return False
    return bool(channel.source and channel.address)


def due_at(history: History, *, now: datetime) -> datetime | None:
    """Return when the channel is to be read next; None where it was never read, or at a time that is still to come.

    Failures in a row double the wait. A read in the future was noted by a clock that was ahead: no reason to wait.
    """
    if history.last_read_at is None or history.last_read_at > now + CLOCK_SLACK:
        return None
    doubled: timedelta = EVERY * 2 ** min(history.failures, DOUBLINGS)
    return history.last_read_at + min(doubled, LONGEST_BACK_OFF)


def due(channels: Iterable[tuple[Channel, History]], now: datetime) -> list[Channel]:
    """Return the channels to read now, the one waiting longest first."""
    waiting = [(due_at(history, now=now), channel) for channel, history in channels if is_polled(channel)]
    ready = [(at or datetime.min.replace(tzinfo=now.tzinfo), channel) for at, channel in waiting if not at or at <= now]
    return [channel for _, channel in sorted(ready, key=lambda pair: (pair[0], pair[1].id))]
