"""indexer.records.channel_alarms: what opened, what is open, what was told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.health.alarms import Changes
from indexer.health.records import AlarmKind, ChannelAlarm
from indexer.records import channel_alarms, channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def alarm(database: Database, channel: Channel) -> ChannelAlarm:
    """An alarm that is open."""
    made = ChannelAlarm(
        id="a1", channel=channel.id, kind=AlarmKind.ERROR, since=NOW, facts={"condition": "error", "times": "3"}
    )
    with database.transaction() as tx:
        channel_alarms.write(tx, Changes(opened=[made], changed=[]))
    return made


def held(database: Database, channel: Channel, *, ended_since: datetime = NOW) -> list[ChannelAlarm]:
    with database.reading() as tx:
        return list(channel_alarms.held(tx, [channel.id], ended_since=ended_since).get(channel.id, ()))


def test_an_open_alarm_is_held(database: Database, channel: Channel, alarm: ChannelAlarm) -> None:
    assert held(database, channel) == [alarm]


def test_one_that_ended_is_held_for_as_long_as_asked(database: Database, channel: Channel, alarm: ChannelAlarm) -> None:
    ended = replace(alarm, ended_at=NOW + DAY)
    with database.transaction() as tx:
        channel_alarms.write(tx, Changes(opened=[], changed=[ended]))

    assert held(database, channel, ended_since=NOW + DAY) == [ended]
    assert held(database, channel, ended_since=NOW + DAY + timedelta(seconds=1)) == []


def test_who_writes_an_alarm_leaves_when_it_was_told(database: Database, channel: Channel, alarm: ChannelAlarm) -> None:
    with database.transaction() as tx:
        channel_alarms.mark_told(tx, [alarm.id], at=NOW + DAY)
        channel_alarms.write(tx, Changes(opened=[], changed=[replace(alarm, facts={"condition": "frozen"})]))

    assert held(database, channel) == [replace(alarm, told_at=NOW + DAY, facts={"condition": "frozen"})]


def test_the_latest_come_first(database: Database, channel: Channel, alarm: ChannelAlarm) -> None:
    later = replace(alarm, id="a2", kind=AlarmKind.SILENT)
    with database.transaction() as tx:
        channel_alarms.write(tx, Changes(opened=[later], changed=[replace(alarm, ended_at=NOW)]))
        found = channel_alarms.latest(tx, channel.id, limit=9)
        newest = channel_alarms.latest(tx, channel.id, limit=1)

    assert [each.id for each in found] == ["a2", "a1"]
    assert newest == [later]


def test_a_channel_counts_once_while_it_is_approved(database: Database, channel: Channel, alarm: ChannelAlarm) -> None:
    off = replace(channel, id=ChannelId("off"), status=WhitelistStatus.SUSPENDED)
    more = [replace(alarm, id="a2", kind=AlarmKind.MISSING), replace(alarm, id="a3", channel=off.id)]
    with database.transaction() as tx:
        channels.save_channel(tx, off)
        channel_alarms.write(tx, Changes(opened=more, changed=[]))

        assert channel_alarms.count_channels(tx) == 1
        assert channel_alarms.count_channels(tx, channel.unit) == 1
        assert channel_alarms.count_channels(tx, UnitId("another")) == 0
