"""indexer.records.connections: one row a channel, one channel an account, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit

NOW = datetime(2026, 9, 17, tzinfo=UTC)
ONE = Connection(
    channel=ChannelId("channel-a"),
    platform=Platform.WECHAT,
    account="wx0123456789abcdef",
    name="示例馆",
    rights=("1", "7"),
    sealed="gAAAAA",
    who="管理员",
    at=NOW,
)


@pytest.fixture(autouse=True)
def _two_channels(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, make_channel(id=ChannelId("channel-a")))
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b")))


def test_a_connection_is_read_back_and_replaced_by_its_channel(database: Database) -> None:
    ended = replace(ONE, state=ConnectionState.DISCONNECTED, sealed="", expires_at=NOW)
    with database.transaction() as tx:
        connections.save(tx, ONE)
        connections.save(tx, ended)

    with database.reading() as tx:
        assert connections.connection(tx, ONE.channel) == ended
        assert connections.connection(tx, ChannelId("channel-b")) is None
        assert connections.connections_of(tx, [ONE.channel, ChannelId("channel-b")]) == {ONE.channel: ended}
        assert connections.of_account(tx, Platform.WECHAT, ONE.account) == ended
        assert connections.of_account(tx, Platform.WEIBO, ONE.account) is None
        assert connections.every(tx) == [ended]


def test_an_account_belongs_to_one_channel(database: Database) -> None:
    with database.transaction() as tx:
        connections.save(tx, ONE)

    with pytest.raises(IntegrityError), database.transaction() as tx:
        connections.save(tx, replace(ONE, channel=ChannelId("channel-b")))


def test_a_connection_is_forgotten_once(database: Database) -> None:
    with database.transaction() as tx:
        connections.save(tx, ONE)
        assert [connections.remove(tx, ONE.channel), connections.remove(tx, ONE.channel)] == [True, False]
