"""What a Weibo account published, by its own authorisation (path C): its timeline, then each long post's whole text."""

from collections.abc import Iterator

from config.units.options import WeiboOptions
from crawler.exchange import Answer, Ask, Found, Source
from crawler.platforms.weibo import calls
from crawler.platforms.weibo.timelines import listed, shown
from indexer.whitelist.records import Channel
from indexer.whitelist.weibo_accounts import uid_of


class Weibo(Source[WeiboOptions]):
    """The account is named by the channel's connection; a post must be of the account that the channel registers."""

    kind = "weibo"
    options = WeiboOptions
    hosts = frozenset({calls.HOST})
    quotas = calls.QUOTAS
    shortest = calls.SHORTEST

    def is_polled(self, channel: Channel) -> bool:
        """Always: the platform knows the account by its connection."""
        return True

    def start(self, channel: Channel, options: WeiboOptions) -> Iterator[Ask]:
        """The first page of the timeline."""
        yield calls.timeline_ask(channel.id, uid=uid_of(channel))

    def read(self, channel: Channel, options: WeiboOptions, answer: Answer) -> Iterator[Found]:
        """Of a page of the timeline what it names and holds; of one status its post. Raises Unreadable."""
        if answer.about.get("page") == calls.SHOWN:
            yield from shown(channel, answer, kind=options.item_kind)
        else:
            yield from listed(channel, answer, pages=options.pages, kind=options.item_kind)


SOURCE = Weibo()
