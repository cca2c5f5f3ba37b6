"""indexer.records.looks: links are claimed a few of each host at a time, and alarms are found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.catalogue.looks import Look, Sight
from indexer.people.accounts import User
from indexer.records import channels, host_rests, items, looks
from indexer.records.database import Database
from indexer.review.desk import take_down
from indexer.review.records import Move

DAY = timedelta(days=1)


@pytest.fixture
def three(make_item: Callable[..., Item]) -> list[Item]:
    return [make_item(url=f"http://a.example/art/{number}.html", title=f"第{number}篇") for number in range(3)]


def held(database: Database, item: Item) -> Look:
    with database.reading() as tx:
        found = looks.look(tx, item.id)
    assert found is not None
    return found


def claimed(database: Database, now: datetime, holder: str = "one", *, a_host: int = 9) -> list[Look]:
    with database.transaction() as tx:
        return looks.claim_due(tx, holder=holder, now=now, a_host=a_host, limit=9)


def test_what_is_collected_is_due_within_a_day(database: Database, three: list[Item], now: datetime) -> None:
    with database.reading() as tx:
        assert not looks.is_due(tx, now=now)
        assert looks.is_due(tx, now=now + DAY)
    assert {held(database, item).host for item in three} == {"a.example"}


def test_of_a_host_only_so_many_are_claimed_and_by_one_at_a_time(
    database: Database, three: list[Item], now: datetime
) -> None:
    first = claimed(database, now + DAY, a_host=2)
    others = claimed(database, now + DAY, "another")

    assert len(first) == 2
    assert others == []
    with database.transaction() as tx:
        assert not looks.is_due(tx, now=now + DAY)
        assert looks.put_off(tx, [look.item for look in first], holder="one", until=now) == 2
    assert len(claimed(database, now + DAY, "another")) == 3


def test_a_claim_that_has_ended_frees_the_host(database: Database, three: list[Item], now: datetime) -> None:
    claimed(database, now + DAY, a_host=1)

    assert len(claimed(database, now + DAY + looks.CLAIM + timedelta(seconds=1), "another")) == 3


def test_a_host_that_rests_is_left_alone(database: Database, three: list[Item], now: datetime) -> None:
    with database.transaction() as tx:
        host_rests.rest(tx, "a.example", until=now + 2 * DAY)

    assert claimed(database, now + DAY + timedelta(hours=2)) == []
    assert len(claimed(database, now + 2 * DAY + timedelta(seconds=1))) == 3


def test_what_was_seen_is_written_by_who_holds_it_alone(database: Database, three: list[Item], now: datetime) -> None:
    look = replace(claimed(database, now + DAY)[0], misses=1, due_at=None)

    with database.transaction() as tx:
        assert not looks.settle(tx, look, holder="another")
        assert looks.settle(tx, look, holder="one")
        assert not looks.settle(tx, look, holder="one")
        assert looks.look(tx, look.item) == look


def test_a_link_of_a_channel_that_is_not_approved_is_not_known(database: Database, three: list[Item]) -> None:
    with database.transaction() as tx:
        known = looks.linked(tx, [item.id for item in three])
        assert {link.url for link in known.values()} == {f"http://a.example/art/{number}.html" for number in range(3)}
        tx.change(channels.CHANNELS.update().values(status=WhitelistStatus.SUSPENDED))

        assert looks.linked(tx, [item.id for item in three]) == {}


def test_alarms_are_counted_and_listed_for_all_and_for_one_unit(
    database: Database,
    three: list[Item],
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., object],
    now: datetime,
) -> None:
    rejected, back, busy = three
    by_hand = make_item(url="http://a.example/art/3.html", title="第3篇")
    editor = make_user()
    for look in claimed(database, now + DAY):
        sight = Sight.RETURNED if look.item in (back.id, by_hand.id) else Sight.BUSY
        alarmed = replace(look, alarm=sight, alarm_words="网站繁忙", alarm_since=now, alarms=2)
        with database.transaction() as tx:
            looks.settle(tx, alarmed, holder="one")
    move_on(rejected, Move.REJECT, who=editor)

    with database.reading() as tx:
        (alarm,) = looks.alarms(tx, limit=5)
        assert (alarm.look.item, alarm.look.alarm, alarm.look.alarms) == (busy.id, Sight.BUSY, 2)
        assert (alarm.title, alarm.unit_name, alarm.channel_name) == ("第2篇", "示例馆", "示例馆网站")
        assert looks.alarm_count(tx) == looks.alarm_count(tx, UnitId("unit-a")) == 1
        assert looks.alarm_count(tx, UnitId("unit-b")) == 0

    for item in (back, by_hand):
        move_on(item, Move.APPROVE, who=editor)
    move_on(by_hand, Move.WITHDRAW, who=editor)
    with database.transaction() as tx:
        found = items.locked(tx, back.id)
        assert found is not None
        assert take_down(tx, found, why="来源网页已不存在", now=now)
    with database.reading() as tx:
        assert {one.look.item for one in looks.alarms(tx, limit=5)} == {back.id, busy.id}
        assert looks.alarm_count(tx) == 2


def test_the_channels_own_links_that_are_not_known_to_be_gone_are_found(
    database: Database, three: list[Item], now: datetime
) -> None:
    gone, there, _ = three
    with database.transaction() as tx:
        looks.note(tx, replace(held(database, gone), gone=Sight.DELETED))

    with database.reading() as tx:
        keys = [gone.key, there.key]
        assert looks.not_gone(tx, there.channel, keys) == [there.id]
        assert looks.not_gone(tx, ChannelId("other"), keys) == []
