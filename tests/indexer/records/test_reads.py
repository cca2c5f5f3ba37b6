"""What the crawler remembers of a channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indexer.base.ids import ChannelId
from indexer.catalogue.items import Item
from indexer.records import channels, reads
from indexer.records.database import Database
from indexer.records.reads import ChannelHistory
from indexer.whitelist.records import Channel


def test_a_channel_never_read_has_an_empty_history(database: Database, channel: Channel) -> None:
    with database.reading() as tx:
        assert reads.history(tx, channel.id) == ChannelHistory(channel=channel.id)


def test_failures_in_a_row_are_counted_until_a_good_read(database: Database, channel: Channel, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now, new=2)
        reads.record_read(tx, channel.id, at=now + timedelta(hours=1), error="打不开")
        reads.record_read(tx, channel.id, at=now + timedelta(hours=2), error="还是打不开")
        failed = reads.history(tx, channel.id)
        reads.record_read(tx, channel.id, at=now + timedelta(hours=3))
        mended = reads.history(tx, channel.id)

    assert failed == ChannelHistory(
        channel=channel.id,
        first_read_at=now,
        last_read_at=now + timedelta(hours=2),
        last_new_at=now,
        failures=2,
        last_error="还是打不开",
    )
    assert (mended.failures, mended.last_error, mended.last_new_at) == (0, None, now)


def test_a_read_that_waits_for_a_quota_is_no_failure(database: Database, channel: Channel, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now, error="打不开")
        reads.record_read(tx, channel.id, at=now + timedelta(hours=1), error="明天继续", waits=True)
        history = reads.history(tx, channel.id)

    assert (history.failures, history.last_error) == (0, "明天继续")


def test_validators_are_replaced_and_forgotten(database: Database, channel: Channel) -> None:
    feed, other = (channel.id, "http://a.example/feed.xml"), (channel.id, "http://a.example/other.xml")

    with database.transaction() as tx:
        unknown = reads.validators(tx, [feed, other])
        reads.save_validators(tx, {feed: ('"1"', None), other: (None, "Wed")})
        reads.save_validators(tx, {feed: ('"2"', "Thu")})
        kept = reads.validators(tx, [feed, other])
        reads.save_validators(tx, {feed: (None, None)})
        forgotten = reads.validators(tx, [feed, other])

    assert unknown == {feed: (None, None), other: (None, None)}
    assert kept == {feed: ('"2"', "Thu"), other: (None, "Wed")}
    assert forgotten == {feed: (None, None), other: (None, "Wed")}


def test_a_lease_keeps_others_out_until_it_runs_out_or_is_given_back(
    database: Database, channel: Channel, now: datetime
) -> None:
    def take(holder: str, after_seconds: int) -> bool:
        with database.transaction() as tx:
            at = now + timedelta(seconds=after_seconds)
            return reads.lease(tx, [channel.id], holder=holder, now=at, seconds=60) == {channel.id}

    assert [take("a", 0), take("b", 30), take("a", 40), take("b", 99), take("b", 100)] == [
        True,
        False,
        True,
        False,
        True,
    ]
    with database.transaction() as tx:
        reads.release(tx, [channel.id], holder="a")
    assert not take("a", 101)
    with database.transaction() as tx:
        reads.release(tx, [channel.id], holder="b")
    assert take("a", 102)


@pytest.mark.parametrize(("ahead", "is_free"), [(30, False), (100, False), (600, True), (10**8, True)])
def test_a_lease_of_a_clock_that_was_ahead_keeps_nobody_out_for_long(
    database: Database, channel: Channel, now: datetime, ahead: int, is_free: bool
) -> None:
    with database.transaction() as tx:
        reads.lease(tx, [channel.id], holder="a", now=now + timedelta(seconds=ahead), seconds=60)
        taken = reads.lease(tx, [channel.id], holder="b", now=now, seconds=60)

    assert taken == ({channel.id} if is_free else set())


def test_of_many_channels_those_that_nobody_reads_are_taken(
    database: Database, channel: Channel, now: datetime
) -> None:
    ids = [ChannelId(f"channel-{number}") for number in range(5)]
    with database.transaction() as tx:
        for each in ids:
            channels.save_channel(tx, replace(channel, id=each))
        reads.lease(tx, ids[1:2], holder="a", now=now, seconds=60)

        assert reads.lease(tx, [*ids, ids[0]], holder="b", now=now, seconds=60) == {*ids[:1], *ids[2:]}
        reads.release(tx, ids, holder="b")
        assert reads.lease(tx, ids, holder="c", now=now, seconds=60) == {*ids[:1], *ids[2:]}
        assert reads.lease(tx, [], holder="c", now=now, seconds=60) == set()


def test_reads_noted_by_a_clock_that_was_ahead_are_named(database: Database, channel: Channel, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now + timedelta(hours=1))

        assert reads.read_in_the_future(tx, now=now) == [channel.id]
        assert reads.read_in_the_future(tx, now=now + timedelta(hours=1)) == []


def test_what_is_held_of_a_long_list_of_links_is_told(database: Database, make_item: Callable[..., Item]) -> None:
    make_item(url="http://a.example/art/1.html")
    keys = [f"a.example/art/{number}.html" for number in range(2000)]

    with database.reading() as tx:
        assert reads.held(tx, keys) == {"a.example/art/1.html"}
