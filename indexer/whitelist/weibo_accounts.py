"""Which Weibo account a channel is, and whether a post is of the same one: pure.

A name can be changed and taken by others, the number (uid) stays: it alone decides.
"""

from config import weibo
from config.addresses import BadAddress, place_of
from config.words import ChannelKind
from indexer.whitelist.records import Channel

UID = "uid"  # the option that names the account where the channel's address does not


def uid_of(channel: Channel) -> str:
    """Return the number of the account that is registered for the channel; empty where none is."""
    return channel.options.get(UID, "") or weibo.uid_of(channel.address or "")


def uid_of_post(url: str) -> str:
    """Return the number of the account that the address of a post names; empty where it names none."""
    post = weibo.post_of(url)
    return post[0] if post else ""


def is_told_by_uid(channel: Channel, url: str) -> bool:
    """Tell whether the account decides: an address on Weibo, which all accounts share, of a Weibo channel."""
    try:
        host = place_of(url).netloc
    except BadAddress:
        return False
    return channel.kind is ChannelKind.WEIBO and host in weibo.HOSTS
