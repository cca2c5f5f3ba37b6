"""What the crawler remembers of a channel."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.items import Channel, Item
from indexer.records import reads
from indexer.records.database import Database
from indexer.records.reads import ChannelHistory


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
        last_read_at=now + timedelta(hours=2),
        last_new_at=now,
        failures=2,
        last_error="还是打不开",
    )
    assert (mended.failures, mended.last_error, mended.last_new_at) == (0, None, now)


def test_validators_are_replaced_and_forgotten(database: Database, channel: Channel) -> None:
    url = "http://a.example/feed.xml"

    with database.transaction() as tx:
        unknown = reads.validators(tx, channel.id, url)
        reads.save_validators(tx, channel.id, url, etag='"1"', last_modified=None)
        reads.save_validators(tx, channel.id, url, etag='"2"', last_modified="Thu")
        kept = reads.validators(tx, channel.id, url)
        reads.save_validators(tx, channel.id, url, etag=None, last_modified=None)
        forgotten = reads.validators(tx, channel.id, url)

    assert (unknown, kept, forgotten) == ((None, None), ('"2"', "Thu"), (None, None))


def test_a_lease_keeps_others_out_until_it_runs_out_or_is_given_back(
    database: Database, channel: Channel, now: datetime
) -> None:
    def take(holder: str, after_seconds: int) -> bool:
        with database.transaction() as tx:
            at = now + timedelta(seconds=after_seconds)
            return reads.lease(tx, channel.id, holder=holder, now=at, seconds=60)

    assert [take("a", 0), take("b", 30), take("a", 40), take("b", 99), take("b", 100)] == [
        True,
        False,
        True,
        False,
        True,
    ]
    with database.transaction() as tx:
        reads.release(tx, channel.id, holder="a")
    assert not take("a", 101)
    with database.transaction() as tx:
        reads.release(tx, channel.id, holder="b")
    assert take("a", 102)


@pytest.mark.parametrize(("ahead", "is_free"), [(30, False), (100, False), (600, True), (10**8, True)])
def test_a_lease_of_a_clock_that_was_ahead_keeps_nobody_out_for_long(
    database: Database, channel: Channel, now: datetime, ahead: int, is_free: bool
) -> None:
    with database.transaction() as tx:
        reads.lease(tx, channel.id, holder="a", now=now + timedelta(seconds=ahead), seconds=60)
        taken = reads.lease(tx, channel.id, holder="b", now=now, seconds=60)

    assert taken is is_free


def test_reads_noted_by_a_clock_that_was_ahead_are_named(database: Database, channel: Channel, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now + timedelta(hours=1))

        assert reads.read_in_the_future(tx, now=now) == [channel.id]
        assert reads.read_in_the_future(tx, now=now + timedelta(hours=1)) == []


def test_known_urls_are_those_held_even_of_a_long_sitemap(database: Database, make_item: Callable[..., Item]) -> None:
    make_item(url="http://a.example/art/1.html")
    keys = [f"a.example/art/{number}.html" for number in range(2000)]

    with database.reading() as tx:
        assert reads.known_urls(tx, keys) == {"a.example/art/1.html"}
