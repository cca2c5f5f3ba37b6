"""The whitelist's reads and writes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.exc import DBAPIError

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels
from indexer.records.channels import WHITELIST_CHANGES, StaleStatus
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit, WhitelistChange


def step(channel: Channel, *, before: WhitelistStatus | None, after: WhitelistStatus, at: datetime) -> WhitelistChange:
    return WhitelistChange(channel=channel.id, before=before, after=after, who="编辑甲", why="示例", at=at)


def test_a_unit_comes_back_as_it_was_saved(database: Database, make_unit: Callable[..., Unit]) -> None:
    unit = make_unit(former_names=("旧馆", "更旧的馆"), note="备注")

    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_unit(tx, unit)

    with database.reading() as tx:
        assert channels.units(tx) == [unit]
        assert channels.unit(tx, unit.id) == unit


def test_units_are_called_by_their_short_names(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("u1"), name="示例科技馆", short_name="科技馆"))

    with database.reading() as tx:
        assert channels.short_names(tx, [UnitId("u1"), UnitId("none")]) == {"u1": "科技馆"}


def test_saving_a_channel_again_changes_all_but_its_status(
    database: Database, channel: Channel, make_channel: Callable[..., Channel]
) -> None:
    renamed = make_channel(name="新名", options={"list": "ul.news a"}, status=WhitelistStatus.REVOKED)

    with database.transaction() as tx:
        channels.save_channel(tx, renamed)

    with database.reading() as tx:
        assert channels.channel(tx, channel.id) == make_channel(name="新名", options={"list": "ul.news a"})


def test_a_status_moves_with_its_step_kept(database: Database, channel: Channel, now: datetime) -> None:
    first = step(channel, before=None, after=WhitelistStatus.APPROVED, at=now)
    second = step(channel, before=WhitelistStatus.APPROVED, after=WhitelistStatus.SUSPENDED, at=now)

    with database.transaction() as tx:
        channels.change_status(tx, first)
        channels.change_status(tx, second)

    with database.reading() as tx:
        assert channels.status_changes(tx, channel.id) == [first, second]
        assert [one.status for one in channels.channels(tx, channel.unit)] == [WhitelistStatus.SUSPENDED]


def test_a_step_from_another_status_is_refused(database: Database, channel: Channel, now: datetime) -> None:
    stale = step(channel, before=WhitelistStatus.APPLIED, after=WhitelistStatus.REVOKED, at=now)

    with pytest.raises(StaleStatus), database.transaction() as tx:
        channels.change_status(tx, stale)

    with database.reading() as tx:
        assert channels.status_changes(tx, channel.id) == []


@pytest.mark.parametrize("statement", [delete(WHITELIST_CHANGES), update(WHITELIST_CHANGES).values(why="")])
def test_a_step_can_never_be_altered(
    database: Database, channel: Channel, now: datetime, statement: Delete | Update
) -> None:
    with database.transaction() as tx:
        channels.change_status(tx, step(channel, before=None, after=WhitelistStatus.APPROVED, at=now))

    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.change(statement)


def test_the_steps_of_many_channels_come_apart(
    database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime
) -> None:
    other = make_channel(id=ChannelId("channel-b"))
    steps = [
        step(channel, before=None, after=WhitelistStatus.APPROVED, at=now),
        step(other, before=None, after=WhitelistStatus.APPROVED, at=now),
        step(channel, before=WhitelistStatus.APPROVED, after=WhitelistStatus.REVOKED, at=now),
    ]
    with database.transaction() as tx:
        channels.save_channel(tx, other)
        for one in steps:
            channels.change_status(tx, one)

    with database.reading() as tx:
        found = channels.status_changes_of(tx, [channel.id, other.id, ChannelId("unknown")])

    assert found == {channel.id: [steps[0], steps[2]], other.id: [steps[1]]}


def test_the_names_of_units_stand_in_the_order_of_the_units(database: Database, make_unit: Callable[..., Unit]) -> None:
    units = [make_unit(id=UnitId(word), name=f"{word}馆", short_name=word) for word in ("b", "a")]
    with database.transaction() as tx:
        for unit in units:
            channels.save_unit(tx, unit)

    with database.reading() as tx:
        assert list(channels.unit_names(tx).items()) == [("a", "a"), ("b", "b")]
        assert [unit.id for unit in channels.units(tx)] == ["a", "b"]
