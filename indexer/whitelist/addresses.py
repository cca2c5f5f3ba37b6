"""Whether an address is a channel's: on one of its hosts and under its path. Every room asks here."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from config import weibo
from config.addresses import BadAddress, place_of
from config.words import ChannelKind
from indexer.base.ids import WECHAT_HOST
from indexer.base.text import REPLACEMENT
from indexer.whitelist.records import Channel

BRIDGE = "bridge"  # the source of a feed that a unit makes of what it publishes at a platform
PLATFORM_HOSTS = MappingProxyType({ChannelKind.WECHAT: WECHAT_HOST, ChannelKind.WEIBO: weibo.HOST})


class Standing(StrEnum):
    """How an address stands to a channel."""

    INSIDE = "inside"
    OTHER_HOST = "other_host"  # or none that every program would read alike
    OTHER_PATH = "other_path"


def hosts_of(channel: Channel) -> Sequence[str]:
    """Return where a channel's pages may lie: the hosts registered, else those that its platform implies.

    Of a bridge, which lies on a host of its unit and lists what lies at the platform, both; of Weibo, whose posts are
    told by their account, both too.
    """
    own = PLATFORM_HOSTS.get(channel.kind)
    if own is None:
        return channel.hosts
    is_both = channel.source == BRIDGE or channel.kind is ChannelKind.WEIBO
    return tuple(dict.fromkeys((*channel.hosts, own))) if is_both or not channel.hosts else channel.hosts


def standing(channel: Channel, url: str) -> Standing:
    """Return how an address stands to a channel, read as a browser would read it.

    A folder `/kx` holds `/kx` and `/kx/1.html`, not `/kxother`; a step upwards in a path leads out of it.
    """
    if REPLACEMENT in url or " " in url or not url.isprintable():  # of all blanks the space alone is printable
        return Standing.OTHER_HOST  # it lost a character on its way here, or browsers read it otherwise
    try:
        place = place_of(url)
    except BadAddress:
        return Standing.OTHER_HOST
    if place.netloc not in hosts_of(channel):
        return Standing.OTHER_HOST
    path = urlsplit(url).path
    folder = channel.path.rstrip("/") + "/"
    is_under = f"{path or '/'}/".startswith(folder) and not _climbs(path)
    return Standing.INSIDE if is_under else Standing.OTHER_PATH


def is_inside(channel: Channel, url: str) -> bool:
    """Tell whether an address lies on the channel's hosts and under its path."""
    return standing(channel, url) is Standing.INSIDE


def is_on(hosts: Collection[str], url: str) -> bool:
    """Tell whether an address lies on one of these hosts (`host` or `host:port`)."""
    try:
        return place_of(url).netloc in hosts
    except BadAddress:
        return False


def _climbs(path: str) -> bool:
    return any(step in (".", "..") for step in unquote(path).replace("\\", "/").split("/"))
