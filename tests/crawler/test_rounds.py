"""The collector that keeps running: it says that it is at work, and bears records that cannot be written now."""

import os
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from config.settings import Settings
from config.words import ChannelKind
from crawler.rounds import channel_named, due_channels, keep_crawling, polled_channels
from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.connections.records import Connection, Platform
from indexer.records import channels, claimed, connections, heartbeats, looks, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from indexer.work.steps import new_holder


class Looks(threading.Event):
    """Stops the collector after so many looks, without waiting in between."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_the_collector_says_that_it_is_at_work(settings: Settings, database: Database) -> None:
    keep_crawling(settings, database, Looks(2))

    with database.reading() as tx:
        beat = heartbeats.last_beat(tx, heartbeats.COLLECTOR)
    assert beat is not None
    assert abs((times.now() - beat).total_seconds()) < 60


def test_links_that_a_killed_round_held_are_free_once_the_collector_starts(
    settings: Settings, database: Database, channel: Channel, make_candidate: Callable[..., Candidate]
) -> None:
    url = str(channel.address).replace("/list/", "/list/1.html")
    take_in(database, make_candidate(channel=channel.id, url=url), now=times.now() - timedelta(days=2))
    ended = subprocess.Popen(["true"])
    ended.wait()
    killed = new_holder().replace(f":{os.getpid()}:", f":{ended.pid}:")
    with database.transaction() as tx:
        assert len(looks.claim_due(tx, holder=killed, now=times.now(), a_host=1, limit=1)) == 1
        # So that the collector has nothing to start a round for.
        tx.change(looks.LOOKS.update().values(due_at=times.now() + timedelta(days=1)))
        reads.record_read(tx, channel.id, at=times.now())

    keep_crawling(settings, database, Looks(1))

    with database.reading() as tx:
        assert claimed.holders(tx) == set()


def test_records_that_are_gone_are_said_and_looked_for_again(settings: Settings, database: Database) -> None:
    records = settings.data_folder / "carnival.db"
    records.rename(records.with_name("elsewhere.db"))

    with capture_logs() as said:
        keep_crawling(settings, database, Looks(3))

    assert [one["event"] for one in said] == ["records_down"] * 3
    assert not records.exists()


def test_a_channel_that_was_connected_is_read_by_its_connection(
    settings: Settings, database: Database, channel: Channel
) -> None:
    account = replace(channel, id=ChannelId("account"), kind=ChannelKind.WECHAT, source="wechat_page", address=None)
    made = Connection(channel=account.id, platform=Platform.WECHAT, account="wx", who="w", at=times.now())
    with database.transaction() as tx:
        channels.save_channel(tx, account)
    before = due_channels(database, times.now())
    with database.transaction() as tx:
        connections.save(tx, made)

    found = {one.id: one.source for one in due_channels(database, times.now())}

    named = channel_named(database, account.id)
    assert account.id not in {one.id for one in before}
    assert found == {channel.id: "site", account.id: "wechat_api"}
    assert {one.id for one in polled_channels(database)} == set(found)
    assert named is not None
    assert named.source == "wechat_api"
