"""The whitelist's reads and writes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.exc import IntegrityError

from indexer.items import Channel, Refusal, RefusalReason, Unit, WhitelistChange, WhitelistStatus
from indexer.records import channels
from indexer.records import tables as t
from indexer.records.channels import StaleStatus
from indexer.records.database import Database


def step(channel: Channel, *, before: WhitelistStatus | None, after: WhitelistStatus, at: datetime) -> WhitelistChange:
    return WhitelistChange(channel=channel.id, before=before, after=after, who="编辑甲", why="示例", at=at)


def refusal(channel: Channel, *, url: str, at: datetime, message: str = "不在登记的网站上") -> Refusal:
    return Refusal(
        channel=channel.id,
        unit=channel.unit,
        url=url,
        title="一篇",
        reason=RefusalReason.FOREIGN_HOST,
        message=message,
        at=at,
    )


def test_a_unit_comes_back_as_it_was_saved(database: Database, make_unit: Callable[..., Unit]) -> None:
    unit = make_unit(former_names=("旧馆", "更旧的馆"), note="备注")

    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_unit(tx, unit)

    with database.reading() as tx:
        assert channels.units(tx) == [unit]
        assert channels.unit(tx, unit.id) == unit


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


@pytest.mark.parametrize("statement", [delete(t.whitelist_changes), update(t.whitelist_changes).values(why="")])
def test_a_step_can_never_be_altered(
    database: Database, channel: Channel, now: datetime, statement: Delete | Update
) -> None:
    with database.transaction() as tx:
        channels.change_status(tx, step(channel, before=None, after=WhitelistStatus.APPROVED, at=now))

    with pytest.raises(IntegrityError, match="append-only"), database.transaction() as tx:
        tx.change(statement)


def test_the_same_refusal_again_is_one_row_with_the_newest_words(
    database: Database, channel: Channel, now: datetime
) -> None:
    later = refusal(channel, url="http://b.example/1", at=now + timedelta(hours=1), message="新的说明")
    other = refusal(channel, url="http://b.example/2", at=now)

    with database.transaction() as tx:
        channels.add_refusal(tx, refusal(channel, url="http://b.example/1", at=now))
        channels.add_refusal(tx, other)
        channels.add_refusal(tx, later)

    with database.reading() as tx:
        assert channels.refusals(tx, unit=channel.unit) == [later, other]
        assert channels.refusals(tx, channel=channel.id, limit=1) == [later]
