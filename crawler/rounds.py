"""Rounds of the collector: one now, or one after the other until it is asked to stop."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import structlog
from filelock import FileLock

from config.command.child import carnival_command
from config.environment import without_strays
from config.folders import ready_data_folder
from config.settings import KNOWN, Settings
from crawler.platforms.channels import as_connected
from crawler.reading.result import ChannelRead
from crawler.schedule import CAMPAIGN, ORDINARY, due, is_polled
from crawler.scrapy.spider import Work, crawl, holder_of
from indexer.base.ids import ChannelId
from indexer.base.times import BEIJING, now
from indexer.records import channels, connections, editions, heartbeats, host_rests, looks, reads
from indexer.records.database import Database, RecordsDown, Transaction
from indexer.whitelist.records import Channel
from indexer.work.leftovers import free_leftovers

log = structlog.get_logger()

LOOK_SECONDS = 2.0  # how soon a channel that is due is seen
ROUND_SECONDS = 30.0  # least time between two rounds: a round that ends at once shall not start again at once
BEAT_SECONDS = 60.0  # how often the collector says that it is at work: /healthz tells when it no longer does
STOP_SECONDS = 20.0
LOCK = "crawl.lock"


@contextmanager
def crawl_lock(settings: Settings) -> Iterator[None]:
    """One crawl at a time on one data folder; another waits. The system takes the lock from a killed process."""
    with FileLock(ready_data_folder(settings) / LOCK):
        yield


def due_channels(database: Database, moment: datetime) -> Sequence[Channel]:
    """Return the channels whose time has come, the one waiting longest first."""
    with database.reading() as tx:
        known = _known(tx)
        histories = reads.histories(tx, [channel.id for channel in known])
        rests = host_rests.resting(tx, now=moment)
        is_campaign = editions.edition_on(tx, moment.astimezone(BEIJING).date()) is not None
    pace = CAMPAIGN if is_campaign else ORDINARY
    return due(((channel, histories[channel.id]) for channel in known), moment, pace=pace, rests=rests)


def polled_channels(database: Database) -> Sequence[Channel]:
    """Return every channel that can be read, due or not."""
    with database.reading() as tx:
        return [channel for channel in _known(tx) if is_polled(channel)]


def channel_named(database: Database, wanted: ChannelId) -> Channel | None:
    """Return one channel by id."""
    with database.reading() as tx:
        found = channels.channel(tx, wanted)
        held = connections.connection(tx, wanted)
    return None if found is None else as_connected([found], [held] if held else [])[0]


def _known(tx: Transaction) -> list[Channel]:
    """All channels, each with the source by which it is read."""
    return as_connected(channels.channels(tx), connections.every(tx))


def collect(
    settings: Settings, database: Database, wanted: Sequence[Channel], *, looks_again: bool = False
) -> Sequence[ChannelRead]:
    """Read the channels, once a process, and return what each brought.

    looks_again: links that are due for it are looked at, too, those included that a round held which was killed.
    """
    if looks_again:
        free_leftovers(database)
        looks_again = _is_look_due(database)
    if not wanted and not looks_again:
        return ()
    work = Work(
        database=database,
        channels=wanted,
        clock=now,
        holder=holder_of(settings),
        settings=settings,
        looks_again=looks_again,
    )
    return crawl(work)


def keep_crawling(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Until `stop`: start a round whenever a channel is due. What it brings is the work of `carnival work`."""
    child: subprocess.Popen[bytes] | None = None
    next_round = next_beat = time.monotonic()
    may_have_left = True  # rounds of a collector before this one, and each that fails
    while not stop.is_set():
        if child is not None and (code := child.poll()) is not None:
            log.info("round_ended", code=code)
            child, may_have_left = None, may_have_left or code != 0
        try:
            if may_have_left:
                free_leftovers(database)  # else what it held waits for the end of its claim
                may_have_left = False
            if time.monotonic() >= next_beat:
                _beat(database)
                next_beat = time.monotonic() + BEAT_SECONDS
            if child is None and time.monotonic() >= next_round and _has_work(database):
                child, next_round = _start_round(), time.monotonic() + ROUND_SECONDS
        except RecordsDown as error:
            log.warning("records_down", why=str(error))  # a full disk, say: looked at again, nothing is lost by it
        stop.wait(LOOK_SECONDS)
    if child is not None:
        _end(child)


def _has_work(database: Database) -> bool:
    return bool(due_channels(database, now())) or _is_look_due(database)


def _is_look_due(database: Database) -> bool:
    with database.reading() as tx:
        return looks.is_due(tx, now=now())


def _beat(database: Database) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, heartbeats.COLLECTOR, at=now())


def _start_round() -> subprocess.Popen[bytes]:
    """A process of its own: Twisted's reactor starts once a process. Ends with this one, however this one ends."""
    command = carnival_command("crawl", "--once", "--collect-only", "--json")
    seen = without_strays(os.environ, known=KNOWN)
    return subprocess.Popen(command, env=seen, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
