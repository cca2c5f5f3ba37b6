"""What polls take from the records and leave there, many channels at a time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from crawler.reading.polls import Ended, Polls
from crawler.reading.result import ChannelRead
from indexer.base.ids import ChannelId
from indexer.records import channels, reads
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel

PAGE = "http://a.example/1.html"


@pytest.fixture
def three(database: Database, channel: Channel) -> list[Channel]:
    found = [replace(channel, id=ChannelId(f"channel-{n}"), address=f"http://a.example/{n}/") for n in range(3)]
    with database.transaction() as tx:
        for each in found:
            channels.save_channel(tx, each)
        reads.save_validators(tx, {(found[0].id, str(found[0].address)): ('"0"', None)})
    return found


def polls(database: Database, holder: str, now: datetime) -> Polls:
    return Polls(database, holder=holder, clock=lambda: now)


def begun(by: Polls, of: list[Channel]) -> list[Mapping[str, Validators] | None]:
    async def all_of_them() -> list[Mapping[str, Validators] | None]:
        return await asyncio.gather(*(by.begin(channel) for channel in of))

    return asyncio.run(all_of_them())


def test_a_poll_begins_with_what_is_kept_of_the_channel_s_address(
    database: Database, three: list[Channel], now: datetime
) -> None:
    assert begun(polls(database, "a", now), three) == [
        {three[0].address: ('"0"', None)},
        {three[1].address: (None, None)},
        {three[2].address: (None, None)},
    ]


def test_a_channel_that_another_one_reads_is_not_begun(database: Database, three: list[Channel], now: datetime) -> None:
    begun(polls(database, "a", now), three[:1])

    assert [each is None for each in begun(polls(database, "b", now), three)] == [True, False, False]


def test_ended_polls_are_noted_and_given_back(database: Database, three: list[Channel], now: datetime) -> None:
    by = polls(database, "a", now)
    begun(by, three)
    good, bad, _ = (ChannelRead(channel=each.id, name=each.name) for each in three)
    good.new, bad.error = 1, "打不开"

    async def end() -> None:
        await asyncio.gather(by.end(good, {PAGE: ('"1"', None)}), by.end(bad, {}))

    asyncio.run(end())

    with database.reading() as tx:
        histories = reads.histories(tx, [each.id for each in three])
        kept = reads.validators(tx, [(three[0].id, PAGE)])
    assert [histories[each.id].failures for each in three] == [0, 1, 0]
    assert (histories[three[0].id].last_new_at, histories[three[2].id].last_read_at) == (now, None)
    assert list(kept.values()) == [('"1"', None)]
    assert [each is None for each in begun(polls(database, "b", now), three)] == [False, False, True]


def test_a_result_of_a_channel_that_is_gone_takes_nothing_from_the_others(
    database: Database, three: list[Channel], now: datetime
) -> None:
    by = polls(database, "a", now)
    gone = ChannelRead(channel=ChannelId("gone"), name="")

    async def end() -> list[BaseException | None]:
        results = (gone, ChannelRead(channel=three[0].id, name=""))
        return await asyncio.gather(*(by.end(each, {}) for each in results), return_exceptions=True)

    first, second = asyncio.run(end())

    assert isinstance(first, Exception)
    assert second is None
    with database.reading() as tx:
        assert reads.history(tx, three[0].id).last_read_at == now


def test_an_end_without_an_event_loop_is_noted_too(database: Database, three: list[Channel], now: datetime) -> None:
    result = ChannelRead(channel=three[0].id, name="", error="采集程序出错")

    polls(database, "a", now).end_all([Ended(result=result, kept={})])

    with database.reading() as tx:
        assert reads.history(tx, three[0].id).last_error == "采集程序出错"
