"""The feed that a unit's own bridge makes of its account at a platform (path C3): import only, no page is asked for."""

from collections.abc import Iterator
from datetime import timedelta

from config.units.options import BridgeOptions
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.platforms.bridges import newest_of, piece_of
from crawler.reading.entries import address_of, feed_of
from crawler.reading.lists import ListSource
from indexer.whitelist.addresses import BRIDGE
from indexer.whitelist.records import Channel

REMEDY = "请检查单位的桥接程序是否还在运行、登录是否失效"


class Bridge(ListSource[BridgeOptions]):
    """One candidate for each entry with its full text; entries lie at the platform, the feed on a host of the unit.

    The unit's bridge vouches for what it lists: a post of Weibo must name the channel's account in its address, an
    article of WeChat whose address names an account that of the channel.
    """

    kind = BRIDGE
    options = BridgeOptions

    def start(self, channel: Channel, options: BridgeOptions) -> Iterator[Ask]:
        """The feed, whole each time: one that never changes is what tells that the bridge stands still."""
        yield Ask(url=channel.address or "", is_always_whole=True)

    def read_list(self, channel: Channel, options: BridgeOptions, answer: Answer) -> Iterator[Found]:
        """The entries of the feed, and how old its newest is. Raises Unreadable."""
        feed = feed_of(channel, answer)
        newest = newest_of(feed)
        why = f"桥接的订阅有 {len(feed.entries)} 条" + (
            f"，最新一条是 {newest.at.date()}" if newest else "，都没有日期"
        )
        yield Note(why=why, newest=newest.at if newest else None, stale_after=timedelta(days=options.stale_days))
        found = {url: entry for entry in reversed(feed.entries) if (url := address_of(entry, answer.url))}
        if not found:
            raise Unreadable(
                channel, "桥接的订阅里没有带网址的条目", do="请检查单位的桥接程序是否还在运行、登录是否失效"
            )
        for url, entry in reversed(found.items()):
            yield piece_of(channel, entry, url, kind=options.item_kind)


SOURCE = Bridge()
