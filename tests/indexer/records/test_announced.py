"""What a platform names: one piece under all its names, what of it is here, what is missing and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from indexer.base.ids import ChannelId, canonical_key
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.records import announced, channels, refusals
from indexer.records.announced import Announced, Missing, Tally, ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.conftest import NOW

DAY = date(2026, 9, 16)
CHANNEL = ChannelId("channel-a")


@pytest.fixture
def channel(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    made = make_channel(hosts=("mp.weixin.qq.com",), source="wechat_api")
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


def url(mid: int, idx: int = 1) -> str:
    return f"http://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid={mid}&idx={idx}&sn=a{mid}"


def listed(mid: int, **fields: object) -> Announced:
    made = Announced(
        channel=CHANNEL,
        number=f"P{mid}#1",
        key=canonical_key(url(mid)),
        title=f"潮汐 {mid}",
        url=url(mid),
        day=DAY,
        told_by=ToldBy.POLL,
        at=NOW,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # of whatever fields a test names


def counted(mid: int, idx: int = 1) -> Announced:
    return Announced(channel=CHANNEL, number=f"{mid}_{idx}", day=DAY, told_by=ToldBy.TOTALS, at=NOW)


def add(database: Database, *rows: Announced) -> int:
    with database.transaction() as tx:
        return announced.add(tx, rows)


def rows(database: Database) -> list[Announced]:
    with database.reading() as tx:
        return sorted(
            (missing.announced for missing in announced.tally(tx, CHANNEL).missing), key=lambda row: row.number
        )


def tally(database: Database, since: date | None = None) -> Tally:
    with database.reading() as tx:
        return announced.tally(tx, CHANNEL, since=since)


def collect(database: Database, make_candidate: Callable[..., Candidate], mid: int) -> None:
    take_in(database, make_candidate(url=url(mid), title=f"潮汐 {mid}"), now=NOW)


def test_what_was_not_named_before_is_counted_as_news(database: Database, channel: Channel) -> None:
    assert [add(database, listed(1), listed(2)), add(database, listed(2), listed(3)), add(database)] == [2, 1, 0]
    assert [row.number for row in rows(database)] == ["P1#1", "P2#1", "P3#1"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_totals_and_list_name_one_piece(database: Database, channel: Channel, order: tuple[int, int]) -> None:
    both = [listed(1), counted(1)]

    news = [add(database, both[place]) for place in order]

    assert news == [1, 0]
    assert [(row.number, row.title, row.key) for row in rows(database)] == [("P1#1", "潮汐 1", listed(1).key)]


def test_an_event_without_an_address_and_the_list_name_one_piece(database: Database, channel: Channel) -> None:
    add(database, listed(1, key=None, url=None, title="", day=None, told_by=ToldBy.EVENT))
    add(database, listed(1))

    [row] = rows(database)
    assert (row.url, row.day, row.told_by) == (url(1), DAY, ToldBy.EVENT)


def test_other_parts_of_a_publication_are_other_pieces(database: Database, channel: Channel) -> None:
    add(database, listed(1))

    assert add(database, counted(1, 2), counted(11)) == 2


def test_what_is_gone_is_what_was_said_last_and_totals_say_nothing_of_it(database: Database, channel: Channel) -> None:
    add(database, listed(1))
    add(database, listed(1, is_gone=True))
    add(database, counted(1))
    gone = rows(database)
    add(database, listed(1))

    assert (gone, [row.is_gone for row in rows(database)]) == ([], [False])


def test_so_much_is_here_and_the_rest_is_named_with_its_reason(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate]
) -> None:
    for mid in (1, 2):
        collect(database, make_candidate, mid)
    without_address = listed(4, number="P4#1", key=None, url=None, why="平台没有给出这篇文章的网址")
    add(database, listed(1), counted(2), listed(3), without_address, counted(5), listed(6, is_gone=True))
    refused = Refusal(
        channel=channel.id,
        unit=channel.unit,
        url=url(3),
        title="潮汐 3",
        reason=RefusalReason.OTHER_ACCOUNT,
        message="这篇文章来自别的公众号",
        at=NOW,
    )
    with database.transaction() as tx:
        refusals.add(tx, refused)

    found = tally(database)

    assert (found.collected, found.total) == (2, 5)
    assert {(one.announced.number, one.reason) for one in found.missing} == {
        ("P3#1", "这篇文章来自别的公众号"),
        ("P4#1", "平台没有给出这篇文章的网址"),
        ("5_1", ""),
    }
    assert isinstance(found.missing[0], Missing)


def test_what_is_gone_counts_where_it_is_here(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate]
) -> None:
    collect(database, make_candidate, 1)
    add(database, listed(1, is_gone=True), listed(2, is_gone=True))

    assert tally(database) == Tally(collected=1, total=1, missing=())


def test_a_tally_begins_with_a_day(database: Database, channel: Channel) -> None:
    add(database, listed(1, day=DAY - timedelta(days=1)), listed(2))

    assert [tally(database, since).total for since in (None, DAY, DAY + timedelta(days=1))] == [2, 1, 0]


def test_what_is_not_here_and_has_an_address_can_be_asked_for(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate]
) -> None:
    collect(database, make_candidate, 1)
    add(database, listed(1), listed(2), listed(3, is_gone=True), counted(4), listed(5))

    with database.reading() as tx:
        found = announced.unheld(tx, CHANNEL, limit=10)
        first = announced.unheld(tx, CHANNEL, limit=1)
    assert {one.number for one in found} == {"P2#1", "P5#1"}
    assert len(first) == 1


def test_publications_are_counted_each_once_whatever_they_hold(database: Database, channel: Channel) -> None:
    add(database, listed(1), listed(2), listed(3, number="P1#2", key=canonical_key(url(3))), counted(9))

    with database.reading() as tx:
        assert announced.count_named(tx, CHANNEL) == 3


def test_another_channels_pieces_are_its_own(
    database: Database, channel: Channel, make_channel: Callable[..., Channel]
) -> None:
    other = ChannelId("channel-b")
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=other))
    add(database, listed(1))

    assert add(database, listed(1, channel=other)) == 1
    assert tally(database).total == 1


def test_half_a_character_in_a_title_is_stored_as_what_it_is(database: Database, channel: Channel) -> None:
    add(database, listed(1, title="月\ud800"))

    assert [row.title for row in rows(database)] == ["月\N{REPLACEMENT CHARACTER}"]
