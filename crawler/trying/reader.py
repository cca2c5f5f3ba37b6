"""A channel on trial, with what asks for its pages and what reads them."""

from dataclasses import dataclass, replace

from crawler.exchange import Answer, Ask, Found
from crawler.guard import FetchRefused
from crawler.reading.articles import is_article
from crawler.reading.listing import Listed, listed
from crawler.reading.worker import Reading, Run
from crawler.trying.visits import Visits
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

FURTHER_LISTS = 3  # asked for where the first names no article: the parts of a sitemap, say


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundList:
    """A list as its source read it: in short, and what each of its articles was read as."""

    short: Listed
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads answers as the channel's source would. run: its worker. visits: None where nothing is asked for."""

    channel: Channel
    run: Run
    visits: Visits | None = None

    def of_source(self, source: str, address: str) -> "Reader":
        """Return a reader of the same site by another source."""
        return replace(self, channel=replace(self.channel, source=source, address=address, options={}))

    def read(self, answer: Answer) -> Reading:
        """Return what the source reads of an answer."""
        return self.run(self.channel, replace(answer, is_trial=True))

    def ask(self, ask: Ask) -> Reading:
        """Ask for a page of the channel and return what the source reads of it. Raises FetchRefused."""
        if self.visits is None:
            raise FetchRefused("这是保存的文件：没有向网站请求任何网页")
        answer = self.visits.answer(ask, hosts=self.channel.hosts)
        if not is_inside(self.channel, answer.url):
            raise FetchRefused(f"网页转到了渠道的范围之外：{answer.url[:200]}。请改用范围内的网址，或更改主机和路径")
        return self.read(answer)

    def read_list(self, answer: Answer) -> FoundList:
        """Return the list of an answer; where it only leads to further lists, of the first of these that has one.

        Where none has, and one of them cannot be fetched, its words say why.
        """
        found = _found_list(self.read(answer))
        further = [one for one in found.found if isinstance(one, Ask) and not is_article(one.about)]
        if found.short.articles or self.visits is None:
            return found
        whys: list[str] = []
        for ask in further[:FURTHER_LISTS]:
            try:
                below = _found_list(self.ask(ask))
            except FetchRefused as refused:
                whys.append(f"{ask.url[:200]}：{refused}")
                continue
            if below.short.articles:
                return below
        return replace(found, short=replace(found.short, why=whys[0])) if whys else found


def _found_list(reading: Reading) -> FoundList:
    why = "。".join(reading.unreadable) if reading.unreadable else ""
    return FoundList(short=listed(reading.found, why=why), found=reading.found)
