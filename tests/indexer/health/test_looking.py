"""indexer.health.looking: what is known of channels is read in a handful of queries, however many they are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indexer.base.ids import ChannelId, UnitId, canonical_key, new_id
from indexer.base.times import Published
from indexer.catalogue.items import Item
from indexer.connections.records import Connection, Platform
from indexer.health.conditions import Condition
from indexer.health.looking import WEEKS, Health, look_at
from indexer.health.records import Attempt
from indexer.records import announced, attempts, channels, connections, reads
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.queries import counted

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def look(database: Database, *wanted: Channel, every: Sequence[Channel] = ()) -> Health:
    with database.reading() as tx:
        return look_at(tx, wanted, every=every or wanted, now=NOW)[wanted[0].id]


def test_of_a_channel_of_which_nothing_is_known_that_is_said(database: Database, channel: Channel) -> None:
    found = look(database, channel)

    assert [each.condition for each in found.diagnoses] == [Condition.NEW]
    assert found.weeks == [0] * WEEKS


def test_reads_connection_and_announcements_come_together(
    database: Database, channel: Channel, make_item: Callable[..., Item]
) -> None:
    here, url = make_item(), "http://a.example/art/1.html"
    held = Connection(channel=channel.id, platform=Platform.WECHAT, account="wx", who="单位甲", at=NOW)
    attempt = Attempt(id=new_id(), channel=channel.id, at=NOW, seconds=1, digest="a")
    named = [
        Announced(channel=channel.id, number=number, key=key, day=NOW.date(), told_by=ToldBy.EVENT, at=NOW - DAY)
        for number, key in (("1#0", canonical_key(url)), ("2#0", None))
    ]
    just_now = replace(named[1], number="3#0", at=NOW)
    with database.transaction() as tx:
        attempts.add(tx, [attempt])
        reads.record_read(tx, channel.id, at=NOW, new=1)
        connections.save(tx, held)
        announced.add(tx, [*named, just_now])

    found = look(database, channel)

    assert here.channel == channel.id
    assert found.known.attempts == [attempt]
    assert found.known.connection == held
    assert (found.known.last_new_at, found.known.failures) == (NOW, 0)
    assert (found.known.tally.total, found.known.tally.held, found.known.tally.missing) == (3, 1, 1)
    assert found.known.tally.unlisted == (NOW - DAY,)
    assert [each.announced.number for each in found.missing] == ["2#0", "3#0"]
    assert sum(found.weeks) == 1


def test_what_another_channel_of_the_unit_published_is_known_and_of_another_unit_not(
    database: Database, channel: Channel, make_unit: Callable[..., Unit], make_item: Callable[..., Item]
) -> None:
    other = replace(channel, id=ChannelId("channel-b"), hosts=("b.example",))
    foreign = replace(other, id=ChannelId("channel-c"), unit=UnitId("unit-b"), hosts=("c.example",))
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
        for each in (other, foreign):
            channels.save_channel(tx, each)
    make_item(channel=other.id, url="http://b.example/1", published=Published(at=NOW - 3 * DAY))
    make_item(channel=other.id, url="http://b.example/2", published=Published(at=NOW + 9 * DAY))  # a mistake
    make_item(channel=foreign.id, url="http://c.example/1", published=Published(at=NOW))

    found = look(database, channel, every=[channel, other, foreign])

    assert found.known.elsewhere == (NOW - 3 * DAY).date()


def test_many_channels_take_as_many_queries_as_one(database: Database, channel: Channel) -> None:
    more = [replace(channel, id=ChannelId(f"more-{number}")) for number in range(30)]
    named = Announced(channel=channel.id, number="1#0", day=NOW.date(), told_by=ToldBy.EVENT, at=NOW - DAY)
    with database.transaction() as tx:
        for each in more:
            channels.save_channel(tx, each)
        for each in (channel, *more):
            announced.add(tx, [replace(named, channel=each.id)])

    with counted(database) as one:
        look(database, channel)
    with counted(database) as many:
        look(database, channel, *more)

    assert len(many) == len(one)


@pytest.mark.parametrize("hours", [1, 3])
def test_what_a_platform_named_just_now_is_not_missing_yet(database: Database, channel: Channel, hours: int) -> None:
    named = Announced(
        channel=channel.id, number="1#0", day=NOW.date(), told_by=ToldBy.POLL, at=NOW - timedelta(hours=hours)
    )
    with database.transaction() as tx:
        announced.add(tx, [named])

    assert look(database, channel).known.tally.missing == (1 if hours > 2 else 0)
