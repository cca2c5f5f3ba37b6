"""Which channels are read by their connection: those that a person connected, whatever the whitelist names. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.whitelist.records import Channel

SOURCES: Mapping[Platform, str] = MappingProxyType(
    {Platform.WECHAT: "wechat_api", Platform.COMPONENT: "wechat_api", Platform.WEIBO: "weibo"}
)
UNREAD = (None, "wechat_page")  # sources of channels that nothing polls; another one was chosen by an editor, and stays


def as_connected(channels: Iterable[Channel], connections: Iterable[Connection]) -> list[Channel]:
    """Return the channels, each that is connected and that nothing else reads with the source of its connection.

    Also where the authorisation has ended at the platform: then its read says so.
    """
    made = {one.channel: one.platform for one in connections if one.state is not ConnectionState.DISCONNECTED}
    return [_as_connected(channel, made) for channel in channels]


def _as_connected(channel: Channel, made: Mapping[ChannelId, Platform]) -> Channel:
    platform = made.get(channel.id)
    return replace(channel, source=SOURCES[platform]) if platform and channel.source in UNREAD else channel
