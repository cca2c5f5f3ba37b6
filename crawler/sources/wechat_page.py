"""A WeChat article that its unit pushed: a link, or a saved page (path A1). Nothing is polled."""

from collections.abc import Iterator

from crawler.candidates import read_candidate
from crawler.exchange import Answer, Ask
from indexer.items import Candidate, Channel


class WechatPage:
    """Only a page in the state `ok` gives a candidate; every other state is refused in words of its own."""

    kind = "wechat_page"

    def start(self, channel: Channel) -> Iterator[Ask]:
        """Nothing: pages come by `carnival push`."""
        yield from ()

    def read(self, channel: Channel, answer: Answer) -> Iterator[Candidate | Ask]:
        """One candidate. Raises Unreadable for a page that is deleted, withheld, a captcha or no article."""
        yield read_candidate(channel, answer)


SOURCE = WechatPage()
