"""When each channel is due: a pure function of its history, its host's wishes and the clock.

A channel that published lately is asked often; the longer it is silent, the rarer, as caches guess how long a page
stays fresh (RFC 9111, 4.2.2: a tenth of its age). Failures in a row double the wait. A host that asked for a pause gets
it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from config.addresses import host_of
from config.words import WhitelistStatus
from crawler.sources import sources
from indexer.base.ids import ChannelId
from indexer.base.jitter import shortened
from indexer.base.times import CLOCK_SLACK
from indexer.whitelist.records import Channel

SILENCE_SHARE = 10  # a channel is asked again after this part of the time since it last brought something
DOUBLINGS = 6  # beyond them every pace has reached its longest wait
LEASE_SECONDS = 1800  # a channel's read ends before (reading.READ_SECONDS): two crawlers never read it at once
NO_WAIT = timedelta(0)
NOBODY_RESTS: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Between which bounds a channel waits for its next read.

    usual: where nothing is known of it yet, and after the first failure before it is doubled. longest: of a silent one.
    """

    shortest: timedelta
    usual: timedelta
    longest: timedelta
    longest_failing: timedelta


ORDINARY = Pace(
    shortest=timedelta(minutes=10),
    usual=timedelta(minutes=30),
    longest=timedelta(hours=6),
    longest_failing=timedelta(hours=24),
)
CAMPAIGN = Pace(
    shortest=timedelta(minutes=5),
    usual=timedelta(minutes=15),
    longest=timedelta(hours=1),
    longest_failing=timedelta(hours=6),
)


class History(Protocol):
    """What the records know of a channel's reads; failures: in a row."""

    @property
    def first_read_at(self) -> datetime | None: ...

    @property
    def last_read_at(self) -> datetime | None: ...

    @property
    def last_new_at(self) -> datetime | None: ...

    @property
    def failures(self) -> int: ...


def is_polled(channel: Channel) -> bool:
    """Tell whether the crawler reads this channel by itself: approved, with a source that has something to read."""
    if channel.status is not WhitelistStatus.APPROVED or not channel.source:
        return False
    source = sources().get(channel.source)
    return source.is_polled(channel) if source else bool(channel.address)  # an unknown one is said on the channel


def shortest_of(channel: Channel) -> timedelta:
    """Return how long its source waits at least between two reads, whatever the pace: a platform's quota, say."""
    source = sources().get(channel.source or "")
    return source.shortest if source else NO_WAIT


def wait_of(history: History, pace: Pace) -> timedelta:
    """Return how long a channel that was read waits for its next read, before jitter."""
    if history.failures:
        doubled: timedelta = pace.usual * 2 ** min(history.failures, DOUBLINGS)
        return min(doubled, pace.longest_failing)
    since = history.last_new_at or history.first_read_at
    if since is None or history.last_read_at is None:
        return pace.usual
    silent = max(history.last_read_at - since, timedelta(0))
    return min(max(silent / SILENCE_SHARE, pace.shortest), pace.longest)


def due_at(
    channel: ChannelId,
    history: History,
    *,
    now: datetime,
    pace: Pace = ORDINARY,
    rests_until: datetime | None = None,
    shortest: timedelta = NO_WAIT,
) -> datetime | None:
    """Return when a channel is to be read next; None: at once, it was never read, or at a time that is still to come.

    rests_until: its host asked for a pause that ends then. shortest: its source is never read more often. A read in the
    future was noted by a clock that was ahead: no reason to wait.
    """
    last = history.last_read_at
    if last is None or last > now + CLOCK_SLACK:
        return rests_until
    at = last + max(shortened(wait_of(history, pace), channel, last), shortest)
    return max(at, rests_until) if rests_until else at


def due(
    channels: Iterable[tuple[Channel, History]],
    now: datetime,
    *,
    pace: Pace = ORDINARY,
    rests: Mapping[str, datetime] = NOBODY_RESTS,
) -> list[Channel]:
    """Return the channels to read now, the one waiting longest first; rests: when the pause of a host ends."""
    waiting = [
        (
            due_at(
                channel.id,
                history,
                now=now,
                pace=pace,
                rests_until=rests.get(host_of(channel.address or "")),
                shortest=shortest_of(channel),
            ),
            channel,
        )
        for channel, history in channels
        if is_polled(channel)
    ]
    ready = [(at or datetime.min.replace(tzinfo=now.tzinfo), channel) for at, channel in waiting if not at or at <= now]
    return [channel for _, channel in sorted(ready, key=lambda pair: (pair[0], pair[1].id))]
