"""Rounds of the collector: one now, or one after the other until it is asked to stop."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import structlog
from filelock import FileLock

from config.environment import without_strays
from config.folders import ready_data_folder
from config.settings import KNOWN, Settings
from crawler.reading import ChannelRead
from crawler.schedule import due, is_polled
from crawler.spider import Work, crawl, holder_of
from indexer.items import Channel, ChannelId
from indexer.records import channels, heartbeats, items, outbox, reads
from indexer.records.database import Database, RecordsDown
from indexer.search.factory import open_index
from indexer.search.port import IndexDown, SearchIndex
from indexer.search.publish import publish
from indexer.times import now
from indexer.understand import Understanding, prepare, understand_waiting

log = structlog.get_logger()

LOOK_SECONDS = 2.0  # how soon a push or a decision is seen
ROUND_SECONDS = 30.0  # least time between two rounds: a round that ends at once shall not start again at once
BEAT_SECONDS = 60.0  # how often the collector says that it is at work: /healthz tells when it no longer does
BATCH = 50
STOP_SECONDS = 20.0
LOCK = "crawl.lock"


class Settler:
    """Understands what waits and publishes what was decided; the model and the index open with the first need."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database
        self._understanding: Understanding | None = None
        self._index: SearchIndex | None = None

    def settle(self) -> Iterator[int]:
        """Yield how many items each batch moved, until nothing waits. Raises IndexDown; nothing is lost by it."""
        while self._has_waiting() and (understood := self._understand()):
            yield understood
        while self._has_undelivered() and (published := self._publish()):
            yield published

    def _has_waiting(self) -> bool:
        with self.database.reading() as tx:
            return bool(items.waiting(tx, 1))

    def _has_undelivered(self) -> bool:
        with self.database.reading() as tx:
            return bool(outbox.waiting(tx, limit=1))

    def _understand(self) -> int:
        self._understanding = self._understanding or prepare(self.settings)
        return understand_waiting(self.database, self._understanding, now=now(), limit=BATCH)

    def _publish(self) -> int:
        self._index = self._index or open_index(self.settings)
        return publish(self.database, self._index, now=now(), limit=BATCH)


@contextmanager
def crawl_lock(settings: Settings) -> Iterator[None]:
    """One crawl at a time on one data folder; another waits. The system takes the lock from a killed process."""
    with FileLock(ready_data_folder(settings) / LOCK):
        yield


def due_channels(database: Database, moment: datetime) -> Sequence[Channel]:
    """Return the channels whose time has come, the one waiting longest first."""
    with database.reading() as tx:
        known = channels.channels(tx)
        histories = reads.histories(tx, [channel.id for channel in known])
    return due(((channel, histories[channel.id]) for channel in known), moment)


def polled_channels(database: Database) -> Sequence[Channel]:
    """Return every channel that can be read, due or not."""
    with database.reading() as tx:
        return [channel for channel in channels.channels(tx) if is_polled(channel)]


def channel_named(database: Database, wanted: ChannelId) -> Channel | None:
    """Return one channel by id."""
    with database.reading() as tx:
        return channels.channel(tx, wanted)


def collect(settings: Settings, database: Database, wanted: Sequence[Channel]) -> Sequence[ChannelRead]:
    """Read the channels, once a process, and return what each brought."""
    if not wanted:
        return ()
    work = Work(
        database=database, channels=wanted, clock=now, holder=holder_of(settings), text_chars=settings.text_chars
    )
    return crawl(settings, work)


def keep_crawling(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Until `stop`: start a round whenever a channel is due, understand and publish what waits meanwhile."""
    settler = Settler(settings, database)
    child: subprocess.Popen[bytes] | None = None
    next_round = next_beat = time.monotonic()
    while not stop.is_set():
        if child is not None and (code := child.poll()) is not None:
            log.info("round_ended", code=code)
            child = None
        try:
            if time.monotonic() >= next_beat:
                _beat(database)
                next_beat = time.monotonic() + BEAT_SECONDS
            if child is None and time.monotonic() >= next_round and due_channels(database, now()):
                child, next_round = _start_round(), time.monotonic() + ROUND_SECONDS
        except RecordsDown as error:
            log.warning("records_down", why=str(error))  # a full disk, say: looked at again, nothing is lost by it
        _settle_quietly(settler)
        stop.wait(LOOK_SECONDS)
    if child is not None:
        _end(child)


def _beat(database: Database) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, heartbeats.COLLECTOR, at=now())


def _start_round() -> subprocess.Popen[bytes]:
    """A process of its own: Twisted's reactor starts once a process. Ends with this one, however this one ends."""
    command = [sys.executable, "-m", "config.child", "-m", "config", "crawl", "--once", "--collect-only", "--json"]
    seen = without_strays(os.environ, known=KNOWN)
    return subprocess.Popen(command, env=seen, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603


def _settle_quietly(settler: Settler) -> None:
    try:
        for moved in settler.settle():
            log.info("items_settled", moved=moved)
    except IndexDown as error:
        log.warning("index_down", why=str(error))  # the outbox keeps what waits; the next look tries again
    except RecordsDown as error:
        log.warning("records_down", why=str(error))


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
