"""What polls take from the records and leave there, many channels at a time."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from crawler.reading.polls import Begun, Ended, Polls, is_any_answered_whole
from crawler.reading.result import ChannelRead
from indexer.base.ids import ChannelId
from indexer.base.times import Published
from indexer.catalogue.items import Candidate
from indexer.catalogue.troubles import RefusalReason, Trouble
from indexer.records import attempts, channels, reads
from indexer.records.attempts import LastList
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.queries import counted

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


def begun(by: Polls, of: list[Channel]) -> list[Begun | None]:
    async def all_of_them() -> list[Begun | None]:
        return await asyncio.gather(*(by.begin(channel) for channel in of))

    return asyncio.run(all_of_them())


def test_a_poll_begins_with_what_is_kept_of_the_channel_s_address(
    database: Database, three: list[Channel], now: datetime
) -> None:
    assert begun(polls(database, "a", now), three) == [
        Begun(known={str(three[0].address): ('"0"', None)}),
        Begun(known={str(three[1].address): (None, None)}),
        Begun(known={str(three[2].address): (None, None)}),
    ]


def test_a_list_of_which_nothing_is_kept_is_answered_whole(database: Database, three: list[Channel]) -> None:
    unpolled = replace(three[0], address=None)

    assert [is_any_answered_whole(database, some) for some in ([], [unpolled], three[:1], three)] == [
        False,
        False,
        False,
        True,
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


def test_each_end_leaves_an_attempt(database: Database, three: list[Channel], now: datetime) -> None:
    read = [ChannelRead(channel=three[place].id, name=three[place].name) for place in (0, 1, 2, 2)]
    good, bad, refused, lying = read
    good.new, good.changed, good.seconds = 2, 1, 0.25
    good.listing.add(
        [Candidate(channel=three[0].id, url=PAGE, title="月球", published=Published(at=now, is_day=False))]
    )
    bad.error = "读了 20 分钟还没有读完，余下的下一轮继续。请检查网站是否太慢"
    refused.error, refused.trouble = (
        "拒绝",
        Trouble(reason=RefusalReason.ROBOTS, facts={"url": "http://a.example/\x00"}),
    )
    lying.is_lying = True

    polls(database, "a", now).end_all([Ended(result=each, kept={}) for each in read])

    with database.reading() as tx:
        found = attempts.of_channels(tx, [each.id for each in three])
    (kept,), (failed,), (last, first) = (found[each.id] for each in three)
    assert (kept.at, kept.seconds, kept.new, kept.listed, kept.newest) == (now, 0.25, 3, 1, now.date())
    assert (kept.digest, kept.trouble) == (good.listing.digest, None)
    assert str(failed.trouble) == ("读了 20 分钟还没有读完，余下的下一轮继续：试验网站。请检查网站是否太慢")
    assert (first.reason, first.facts) == (RefusalReason.ROBOTS, {"url": "http://a.example/\ufffd"})
    assert (last.is_lying, last.reason) == (True, None)


def test_a_site_that_lied_is_not_asked_whether_its_list_changed(
    database: Database, three: list[Channel], now: datetime
) -> None:
    result = ChannelRead(channel=three[0].id, name="", is_lying=True)
    result.listing.add([])
    by = polls(database, "a", now)
    by.end_all([Ended(result=result, kept={str(three[0].address): ('"0"', None)})])

    (first, *_) = begun(by, three)

    assert first is not None
    assert first.known == {three[0].address: (None, None)}
    assert first.last == LastList(at=now, digest=result.listing.digest or "", is_lying=True)


def test_a_batch_of_any_size_takes_as_many_statements(database: Database, three: list[Channel], now: datetime) -> None:
    by, results = polls(database, "a", now), [ChannelRead(channel=each.id, name="") for each in three]
    with counted(database) as one:
        by.end_all([Ended(result=results[0], kept={})])
    with counted(database) as all_of_them:
        by.end_all([Ended(result=each, kept={}) for each in results])

    # One row of `channel_reads` a channel, as ever; attempts are two statements, however many.
    assert len(all_of_them) - len(one) == len(results) - 1


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
