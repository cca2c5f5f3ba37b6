"""What a Weibo account published, by its own authorisation (path C): its timeline, then each long post's whole text."""

from collections.abc import Iterator

from config.units.options import WeiboOptions
from crawler.exchange import Answer, Ask, Found, Source, Unreadable
from crawler.platforms.weibo import calls
from crawler.platforms.weibo.timelines import listed, shown
from crawler.reading.articles import is_article
from indexer.whitelist.records import Channel
from indexer.whitelist.weibo_accounts import uid_of

NO_PAGE = "微博的网页不给没有登录的访问者看，不能按链接推送"
NO_PAGE_DO = "请在渠道的“连接”页到微博授权，之后发布的微博由采集程序自己读取"


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
        if is_article(answer.about):
            raise Unreadable(channel, NO_PAGE, do=NO_PAGE_DO)
        if answer.about.get("page") == calls.SHOWN:
            yield from shown(channel, answer, kind=options.item_kind)
        else:
            yield from listed(channel, answer, pages=options.pages, kind=options.item_kind)


SOURCE = Weibo()
