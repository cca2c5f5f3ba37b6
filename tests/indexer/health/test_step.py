"""indexer.health.step: an alarm opens after the read that shows the fault, once, and closes by itself."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.base.ids import new_id
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.connections.records import Connection, Platform
from indexer.health.records import AlarmKind, Attempt, ChannelAlarm
from indexer.health.step import EVERYTHING, ChannelHealth, make
from indexer.records import attempts, channel_alarms, connections, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def end(database: Database, channel: Channel, at: datetime, case: PlatformCase | None = None) -> None:
    """Let a read end: refused by a platform, or well."""
    made = Attempt(id=new_id(), channel=channel.id, at=at, seconds=1)
    if case:
        made = replace(made, reason=RefusalReason.PLATFORM, facts={CASE: case.value, "ip": "203.0.113.7"})
    with database.transaction() as tx:
        attempts.add(tx, [made])
        reads.record_read(tx, channel.id, at=at, error="拒绝" if case else None)


def alarms(database: Database, channel: Channel) -> Sequence[ChannelAlarm]:
    with database.reading() as tx:
        return channel_alarms.latest(tx, channel.id, limit=9)


def test_an_alarm_opens_with_the_first_look_after_the_read_and_closes_after_two_that_worked(
    database: Database, channel: Channel, clock: Clock
) -> None:
    step = ChannelHealth(database, clock=clock)
    step.do()
    for minute, case in enumerate([PlatformCase.IP_NOT_ALLOWED, None, None]):
        clock.at = NOW + (minute + 1) * MINUTE
        end(database, channel, clock.at, case)
        assert step.waits()
        assert step.do() == 1
        opened = [(alarm.kind, alarm.since, alarm.ended_at) for alarm in alarms(database, channel)]
        assert not step.waits()
        ended = NOW + 3 * MINUTE if minute == 2 else None
        assert opened == [(AlarmKind.ERROR, NOW + MINUTE, ended)]


def test_what_nobody_read_is_looked_at_once_an_hour_for_what_time_alone_does(
    database: Database, channel: Channel, clock: Clock
) -> None:
    step = ChannelHealth(database, clock=clock)
    ends = NOW + timedelta(days=14, minutes=30)
    held = Connection(channel=channel.id, platform=Platform.WEIBO, account="1", who="单位甲", at=NOW, expires_at=ends)
    with database.transaction() as tx:
        connections.save(tx, held)
    assert step.waits()
    assert step.do() == 1
    assert alarms(database, channel) == []

    clock.at = NOW + EVERYTHING - MINUTE
    assert not step.waits()
    clock.at = NOW + EVERYTHING
    assert step.waits()
    step.do()

    assert [alarm.kind for alarm in alarms(database, channel)] == [AlarmKind.ENDING]


def test_of_two_workers_that_look_at_once_one_opens_the_alarm(
    database: Database, channel: Channel, clock: Clock
) -> None:
    end(database, channel, NOW, PlatformCase.SECRET_WRONG)
    begin, steps = threading.Barrier(4), [ChannelHealth(database, clock=clock) for _ in range(4)]

    def look(step: ChannelHealth) -> None:
        begin.wait()
        step.do()

    threads = [threading.Thread(target=look, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(alarms(database, channel)) == 1


def test_the_step_of_a_deployment_is_made_of_its_records(database: Database, tmp_path: Path) -> None:
    assert make(Settings(data_folder=tmp_path), database).name == "health"
