"""Which channels are read by their connection."""

from collections.abc import Callable

import pytest

from crawler.platforms.channels import as_connected
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.whitelist.records import Channel
from tests.conftest import NOW


def made(platform: Platform, state: ConnectionState = ConnectionState.CONNECTED) -> Connection:
    return Connection(channel=ChannelId("channel-a"), platform=platform, account="a", state=state, who="w", at=NOW)


@pytest.mark.parametrize(
    ("source", "platform", "state", "read_by"),
    [
        (None, Platform.WECHAT, ConnectionState.CONNECTED, "wechat_api"),
        ("wechat_page", Platform.WECHAT, ConnectionState.CONNECTED, "wechat_api"),
        ("wechat_page", Platform.COMPONENT, ConnectionState.WITHDRAWN, "wechat_api"),
        (None, Platform.WEIBO, ConnectionState.EXPIRED, "weibo"),
        ("feed", Platform.WECHAT, ConnectionState.CONNECTED, "feed"),
        ("wechat_page", Platform.WECHAT, ConnectionState.DISCONNECTED, "wechat_page"),
    ],
)
def test_a_connected_channel_that_nothing_else_reads_is_read_by_its_connection(
    make_channel: Callable[..., Channel],
    source: str | None,
    platform: Platform,
    state: ConnectionState,
    read_by: str | None,
) -> None:
    [found] = as_connected([make_channel(source=source)], [made(platform, state)])

    assert found.source == read_by


def test_a_channel_without_a_connection_stays_as_it_is(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(id=ChannelId("other"), source=None)

    assert as_connected([channel], [made(Platform.WECHAT)]) == [channel]
