"""What a WeChat account published, by the official API (path A2): its list, then each publication that is new."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from config.units.options import WechatApiOptions
from crawler.exchange import Answer, Ask, Found, Named, Source
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.articles import candidates, listed
from crawler.reading.articles import read_candidate
from indexer.catalogue.items import Proof
from indexer.whitelist.records import Channel


class WechatApi(Source[WechatApiOptions]):
    """The account is named by the channel's connection; what its address names must be the channel's own account.

    The list names only what was published without notifying followers, in no promised order (WeChat docs,
    freepublish/batchget, read 2026-11): pages are read on while they hold news.
    """

    kind = "wechat_api"
    options = WechatApiOptions
    hosts = frozenset({calls.HOST})
    quotas = calls.QUOTAS
    proof = Proof.ACCOUNT
    shortest = timedelta(minutes=30)  # 48 lists a day: within half of what an account has

    def is_polled(self, channel: Channel) -> bool:
        """Always: the platform knows the account by its connection, not by an address."""
        return True

    def start(self, channel: Channel, options: WechatApiOptions) -> Iterator[Ask]:
        """The list's first page."""
        yield calls.list_ask(channel.id)

    def again(self, channel: Channel, options: WechatApiOptions, unheld: Sequence[Named]) -> Iterator[Ask]:
        """The publications that were named by an earlier read and are not here: its quota was spent, say."""
        of_publication: dict[str, list[Named]] = {}
        for one in unheld:
            if one.url and (article_id := calls.article_id_of(one.number)):
                of_publication.setdefault(article_id, []).append(one)
        for article_id, news in of_publication.items():
            urls = tuple(one.url for one in news)
            yield calls.publication_ask(channel.id, article_id, leads_to=urls, day=news[0].day)

    def read(self, channel: Channel, options: WechatApiOptions, answer: Answer) -> Iterator[Found]:
        """Of a list what it names; of a publication its articles; of an article's page (pushed, looked at again) it.

        Raises Unreadable.
        """
        match answer.about.get("page"):
            case calls.LISTED:
                yield from listed(channel, answer, pages=options.pages)
            case calls.PUBLISHED:
                yield from candidates(channel, answer, kind=options.item_kind)
            case _:
                yield read_candidate(channel, answer, kind=options.item_kind)


SOURCE = WechatApi()
