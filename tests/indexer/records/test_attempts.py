"""indexer.records.attempts: the newest KEPT reads of each channel, and of its list what it named last."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from indexer.base.ids import ChannelId, new_id
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.health.records import KEPT, LYING, Attempt
from indexer.records import attempts, channels
from indexer.records.attempts import LastList
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.queries import counted

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def attempt(channel: ChannelId, minutes: int = 0, **fields: object) -> Attempt:
    made = Attempt(id=new_id(), channel=channel, at=NOW + timedelta(minutes=minutes), seconds=0.5)
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.fixture
def other(database: Database, channel: Channel) -> Channel:
    made = replace(channel, id=ChannelId("channel-b"))
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def test_an_attempt_comes_back_as_it_was_written(database: Database, channel: Channel) -> None:
    good = attempt(channel.id, new=3, listed=20, newest=date(2026, 9, 16), digest="a" * 64)
    bad = attempt(channel.id, 1, reason=RefusalReason.HOST_SILENT, facts={"url": "http://a.example/"})

    with database.transaction() as tx:
        attempts.add(tx, [good, bad])
        found = attempts.of_channels(tx, [channel.id])

    assert found == {channel.id: [bad, good]}


def test_only_the_newest_are_kept_and_others_lose_nothing(database: Database, channel: Channel, other: Channel) -> None:
    with database.transaction() as tx:
        attempts.add(tx, [attempt(other.id)])
        for number in range(KEPT + 3):
            attempts.add(tx, [attempt(channel.id, number)])
        found = attempts.of_channels(tx, [channel.id, other.id])

    assert len(found[other.id]) == 1
    assert [each.at for each in found[channel.id]] == [NOW + timedelta(minutes=KEPT + 2 - n) for n in range(KEPT)]


def test_the_list_as_it_was_read_whole_last_outlasts_all_that_are_kept(database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        attempts.add(tx, [attempt(channel.id, 0, digest="a"), attempt(channel.id, 1, digest="b")])
        for number in range(2 * KEPT):
            attempts.add(tx, [attempt(channel.id, 2 + number)])
        lists, found = attempts.last_lists(tx, [channel.id]), attempts.of_channels(tx, [channel.id])

    assert lists == {channel.id: LastList(at=NOW + timedelta(minutes=1), digest="b")}
    assert [each.at for each in found[channel.id]][-1] == NOW + timedelta(minutes=KEPT + 2)


def test_many_in_one_batch_are_cut_too(database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        attempts.add(tx, [attempt(channel.id, number) for number in range(2 * KEPT)])
        found = attempts.of_channels(tx, [channel.id])

    assert len(found[channel.id]) == KEPT


def test_a_batch_takes_two_statements_and_none_takes_none(database: Database, channel: Channel, other: Channel) -> None:
    with counted(database) as queries, database.transaction() as tx:
        attempts.add(tx, [])
        attempts.add(tx, [attempt(channel.id), attempt(other.id), attempt(channel.id, 1)])

    assert len(queries) == 2


def test_the_list_as_it_was_read_whole_last_outlasts_reads_that_brought_none(
    database: Database, channel: Channel, other: Channel
) -> None:
    with database.transaction() as tx:
        attempts.add(tx, [attempt(channel.id, 0, digest="a"), attempt(channel.id, 1, digest="b")])
        attempts.add(tx, [attempt(channel.id, 2), attempt(other.id)])
        found = attempts.last_lists(tx, [channel.id, other.id])

    assert found == {channel.id: LastList(at=NOW + timedelta(minutes=1), digest="b")}


def test_of_late_a_lie_is_remembered(database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        attempts.add(tx, [attempt(channel.id, 0, digest="a", facts={CASE: LYING}), attempt(channel.id, 1, digest="b")])
        found = attempts.last_lists(tx, [channel.id])

    assert found[channel.id] == LastList(at=NOW + timedelta(minutes=1), digest="b", is_lying=True)


def test_the_same_word_in_a_trouble_is_no_lie(database: Database, channel: Channel) -> None:
    told = attempt(channel.id, digest="a", reason=RefusalReason.UNREADABLE, facts={"what": LYING, "do": "", "url": ""})
    with database.transaction() as tx:
        attempts.add(tx, [told])
        found = attempts.last_lists(tx, [channel.id])

    assert not found[channel.id].is_lying


def test_the_newest_attempt_of_each_channel_is_known(database: Database, channel: Channel, other: Channel) -> None:
    made = [attempt(channel.id, 0), attempt(channel.id, 1), attempt(other.id, 5)]
    with database.transaction() as tx:
        attempts.add(tx, made)

        assert attempts.newest(tx) == {channel.id: made[1].id, other.id: made[2].id}
