"""A WeChat article that its unit pushed: a link, or a saved page (path A1). Nothing is polled."""

from collections.abc import Iterator

from config.units.options import WechatPageOptions
from crawler.exchange import Answer, Ask, Source
from crawler.reading.articles import read_candidate
from indexer.catalogue.items import Candidate, Proof
from indexer.whitelist.records import Channel


class WechatPage(Source[WechatPageOptions]):
    """Only a page in the state `ok` gives a candidate; every other state is refused in words of its own."""

    kind = "wechat_page"
    options = WechatPageOptions
    proof = Proof.ACCOUNT

    def is_polled(self, channel: Channel) -> bool:
        """Never: pages come by `carnival push`."""
        return False

    def start(self, channel: Channel, options: WechatPageOptions) -> Iterator[Ask]:
        """Nothing."""
        yield from ()

    def read(self, channel: Channel, options: WechatPageOptions, answer: Answer) -> Iterator[Candidate | Ask]:
        """One candidate. Raises Unreadable for a page that is deleted, withheld, a captcha or no article."""
        yield read_candidate(channel, answer, kind=options.item_kind)


SOURCE = WechatPage()
