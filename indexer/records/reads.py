"""What the crawler remembers of a channel: past reads, validators of its pages, who reads it now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import Column, Integer, String, Table, Text, delete, select, tuple_, update

from indexer.base.ids import ChannelId
from indexer.base.times import CLOCK_SLACK
from indexer.catalogue.items import URL_CHARS
from indexer.records.claiming import claim_keys
from indexer.records.columns import INDEXED_BYTES, NAME_CHARS, Moment, key, metadata
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, NEWEST, VERSIONS
from indexer.records.upserts import upsert, upsert_all

KEYS_AT_ONCE = 500
Key = TypeVar("Key")
Validators = tuple[str | None, str | None]  # ETag, Last-Modified: as the server sent them; None where it sent none
NONE_KEPT: Validators = (None, None)

CHANNEL_READS = Table(
    "channel_reads",
    metadata,
    key("channel", of="channels.id"),
    Column("first_read_at", Moment),
    Column("last_read_at", Moment),
    Column("last_new_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text),
)


VALIDATORS = Table(
    "validators",
    metadata,
    key("channel", of="channels.id"),
    Column("url", String(URL_CHARS), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
)


LEASES = Table(
    "leases",
    metadata,
    key("channel", of="channels.id"),
    Column("holder", String(NAME_CHARS), nullable=False),
    Column("until", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHistory:
    """How the reads of a channel went. failures: in a row, 0 after a good read. last_error: plain words.

    first_read_at: None also of a channel that was read before this was noted.
    """

    channel: ChannelId
    first_read_at: datetime | None = None
    last_read_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None


def history(tx: Transaction, channel: ChannelId) -> ChannelHistory:
    """Return a channel's history; one never read has an empty one."""
    return histories(tx, [channel])[channel]


def histories(tx: Transaction, channels: Sequence[ChannelId]) -> dict[ChannelId, ChannelHistory]:
    """Return the history of each channel asked for, in one query."""
    c = CHANNEL_READS.c
    found = {row[c.channel]: row for row in tx.rows(select(CHANNEL_READS).where(c.channel.in_(channels)))}
    return {
        channel: ChannelHistory(
            channel=channel,
            first_read_at=row[c.first_read_at],
            last_read_at=row[c.last_read_at],
            last_new_at=row[c.last_new_at],
            failures=row[c.failures],
            last_error=row[c.last_error],
        )
        if (row := found.get(channel))
        else ChannelHistory(channel=channel)
        for channel in channels
    }


def record_read(
    tx: Transaction, channel: ChannelId, *, at: datetime, new: int = 0, error: str | None = None, waits: bool = False
) -> None:
    """Keep how a read went. new: items or versions it brought. error: plain words with the remedy; None: it worked.

    waits: it stopped at a quota, which is no failure: the next read comes at its usual time.
    """
    values = {"last_read_at": at, "last_error": error} | ({"last_new_at": at} if new else {})
    is_failure = error is not None and not waits
    failures = CHANNEL_READS.c.failures + 1 if is_failure else 0
    upsert(
        tx,
        CHANNEL_READS,
        key={"channel": channel},
        values=values | {"failures": failures},
        first={"failures": int(is_failure), "first_read_at": at},
    )


def make_due(tx: Transaction, channel: ChannelId) -> None:
    """Let a channel be read at once, whatever it waits for: its platform says that there is something new.

    When it was read last is forgotten until then; how often reads failed is not.
    """
    tx.change(update(CHANNEL_READS).where(CHANNEL_READS.c.channel == channel).values(last_read_at=None))


def validators(tx: Transaction, pages: Iterable[tuple[ChannelId, str]]) -> dict[tuple[ChannelId, str], Validators]:
    """Return (etag, last_modified) as each of the channels' addresses answered last; NONE_KEPT where nothing is."""
    c, asked = VALIDATORS.c, list(pages)
    found = dict.fromkeys(asked, NONE_KEPT)
    for some in _in_runs(asked):
        rows = tx.rows(select(VALIDATORS).where(tuple_(c.channel, c.url).in_(some)))
        found |= {(row[c.channel], row[c.url]): (row[c.etag], row[c.last_modified]) for row in rows}
    return found


def save_validators(tx: Transaction, pages: Mapping[tuple[ChannelId, str], Validators]) -> None:
    """Keep what the addresses answered; both None forgets it. A page of a very long address is read anew each time."""
    c = VALIDATORS.c
    kept = {page: held for page, held in pages.items() if len(page[1].encode()) <= INDEXED_BYTES}
    rows = [
        {"channel": channel, "url": url, "etag": etag, "last_modified": last_modified}
        for (channel, url), (etag, last_modified) in kept.items()
        if etag is not None or last_modified is not None
    ]
    upsert_all(tx, VALIDATORS, key=["channel", "url"], rows=rows)
    for some in _in_runs(page for page, held in kept.items() if held == NONE_KEPT):
        tx.change(delete(VALIDATORS).where(tuple_(c.channel, c.url).in_(some)))


def lease(
    tx: Transaction, channels: Sequence[ChannelId], *, holder: str, now: datetime, seconds: float
) -> set[ChannelId]:
    """Take the channels for `seconds`; return those that are this holder's now, who may have had them before.

    A lease that ends later than any taken now could was taken by a clock that was ahead: it holds nobody up.
    """
    lasts = timedelta(seconds=seconds)
    mine = claim_keys(tx, LEASES, keys=channels, holder=holder, now=now, lasts=lasts)
    return {ChannelId(channel) for channel in mine}


def release(tx: Transaction, channels: Sequence[ChannelId], *, holder: str) -> None:
    """Give the channels back; nothing happens to one that another holds by now."""
    tx.change(delete(LEASES).where(LEASES.c.channel.in_(channels), LEASES.c.holder == holder))


def read_in_the_future(tx: Transaction, *, now: datetime) -> list[ChannelId]:
    """Return the channels whose last read was noted by a clock that was ahead of this one: they are due at once."""
    c = CHANNEL_READS.c
    query = select(c.channel).where(c.last_read_at > now + CLOCK_SLACK).order_by(c.channel)
    return [row[c.channel] for row in tx.rows(query)]


def held(tx: Transaction, keys: Iterable[str]) -> set[str]:
    """Return those of the canonical keys under which an item is held."""
    c = ITEMS.c
    return {row[c.key] for some in _in_runs(keys) for row in tx.rows(select(c.key).where(c.key.in_(some)))}


def newest_hashes(tx: Transaction, keys: Iterable[str]) -> dict[str, str]:
    """Return the content hash of the newest version of each item that is held under one of the canonical keys."""
    key, hashed = ITEMS.c.key, VERSIONS.c.content_hash
    query = select(key, hashed).join(VERSIONS, NEWEST)
    return {row[key]: row[hashed] for some in _in_runs(keys) for row in tx.rows(query.where(key.in_(some)))}


def _in_runs(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """A sitemap holds up to 50,000 addresses, more than one statement takes."""
    left = iter(keys)
    while some := list(islice(left, KEYS_AT_ONCE)):
        yield some
