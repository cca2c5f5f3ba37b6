"""What the crawler remembers of a channel: past reads, validators of its pages, who reads it now, what is held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, insert, select, update

from indexer.items import ChannelId
from indexer.records import tables as t
from indexer.records.database import Transaction
from indexer.times import CLOCK_SLACK

KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHistory:
    """How the reads of a channel went. failures: in a row, 0 after a good read. last_error: plain words."""

    channel: ChannelId
    last_read_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None


def history(tx: Transaction, channel: ChannelId) -> ChannelHistory:
    """Return a channel's history; one never read has an empty one."""
    return histories(tx, [channel])[channel]


def histories(tx: Transaction, channels: Sequence[ChannelId]) -> dict[ChannelId, ChannelHistory]:
    """Return the history of each channel asked for, in one query."""
    c = t.channel_reads.c
    found = {row[c.channel]: row for row in tx.rows(select(t.channel_reads).where(c.channel.in_(channels)))}
    return {
        channel: ChannelHistory(
            channel=channel,
            last_read_at=row[c.last_read_at],
            last_new_at=row[c.last_new_at],
            failures=row[c.failures],
            last_error=row[c.last_error],
        )
        if (row := found.get(channel))
        else ChannelHistory(channel=channel)
        for channel in channels
    }


def record_read(tx: Transaction, channel: ChannelId, *, at: datetime, new: int = 0, error: str | None = None) -> None:
    """Keep how a read went. new: items or versions it brought. error: plain words with the remedy; None: it worked."""
    before = history(tx, channel)
    values = {
        "last_read_at": at,
        "last_new_at": at if new else before.last_new_at,
        "failures": before.failures + 1 if error is not None else 0,
        "last_error": error,
    }
    if not tx.change(update(t.channel_reads).where(t.channel_reads.c.channel == channel).values(values)):
        tx.change(insert(t.channel_reads).values(values | {"channel": channel}))


def validators(tx: Transaction, channel: ChannelId, url: str) -> tuple[str | None, str | None]:
    """Return (etag, last_modified) as the address answered last; (None, None) where nothing is kept."""
    c = t.validators.c
    row = tx.first(select(t.validators).where(c.channel == channel, c.url == url))
    return (row[c.etag], row[c.last_modified]) if row else (None, None)


def save_validators(
    tx: Transaction, channel: ChannelId, url: str, *, etag: str | None, last_modified: str | None
) -> None:
    """Keep what the address answered; both None forgets it."""
    c = t.validators.c
    tx.change(delete(t.validators).where(c.channel == channel, c.url == url))
    if etag is not None or last_modified is not None:
        tx.change(insert(t.validators).values(channel=channel, url=url, etag=etag, last_modified=last_modified))


def lease(tx: Transaction, channel: ChannelId, *, holder: str, now: datetime, seconds: float) -> bool:
    """Take the channel for `seconds`; False while another holder has it. The same holder renews.

    A lease that ends later than any taken now could was taken by a clock that was ahead: it holds nobody up.
    """
    c = t.leases.c
    row = tx.first(select(t.leases).where(c.channel == channel))
    longest = now + timedelta(seconds=seconds) + CLOCK_SLACK
    if row and row[c.holder] != holder and now < row[c.until] <= longest:
        return False
    tx.change(delete(t.leases).where(c.channel == channel))
    tx.change(insert(t.leases).values(channel=channel, holder=holder, until=now + timedelta(seconds=seconds)))
    return True


def release(tx: Transaction, channel: ChannelId, *, holder: str) -> None:
    """Give the channel back; nothing happens where another holds it by now."""
    tx.change(delete(t.leases).where(t.leases.c.channel == channel, t.leases.c.holder == holder))


def read_in_the_future(tx: Transaction, *, now: datetime) -> list[ChannelId]:
    """Return the channels whose last read was noted by a clock that was ahead of this one: they are due at once."""
    c = t.channel_reads.c
    query = select(c.channel).where(c.last_read_at > now + CLOCK_SLACK).order_by(c.channel)
    return [row[c.channel] for row in tx.rows(query)]


def known_urls(tx: Transaction, keys: Iterable[str]) -> set[str]:
    """Return those of the canonical keys under which an item is held already, whichever channel brought it."""
    c = t.items.c
    held: set[str] = set()
    for some in _in_runs(keys):
        held.update(row[c.key] for row in tx.rows(select(c.key).where(c.key.in_(some))))
    return held


def _in_runs(keys: Iterable[str]) -> Iterator[list[str]]:
    """A sitemap holds up to 50,000 addresses, more than one statement takes."""
    left = iter(keys)
    while some := list(islice(left, KEYS_AT_ONCE)):
        yield some
