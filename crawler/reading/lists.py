"""What sources of lists have in common: the list at the channel's address, its articles, its further pages."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TypeVar

from config.units.options import ItemOptions
from crawler.exchange import Answer, Ask, Found, Source
from crawler.reading.articles import is_article, read_candidate
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

LIST = "list"  # value of `page` in what is asked for: a further page of the list
Options = TypeVar("Options", bound=ItemOptions)


class ListSource(Source[Options]):
    """A list at the channel's address, and a page of its own for each article that the list does not hold whole."""

    def start(self, channel: Channel, options: Options) -> Iterator[Ask]:
        """The list."""
        yield Ask(url=channel.address or "")

    def read(self, channel: Channel, options: Options, answer: Answer) -> Iterator[Found]:
        """Of an article its candidate; of the list what `read_list` finds. Raises Unreadable."""
        if is_article(answer.about):
            yield read_candidate(channel, answer, kind=options.item_kind)
        else:
            yield from self.read_list(channel, options, answer)

    @abstractmethod
    def read_list(self, channel: Channel, options: Options, answer: Answer) -> Iterator[Found]:
        """Yield what a list holds: candidates, articles to ask for, further lists. Raises Unreadable."""


def further(channel: Channel, answer: Answer, *, pages: int, target: Callable[[], str | None]) -> Iterator[Ask]:
    """Yield the next page of a list, where it lies in the channel and is not beyond so many pages.

    target: its address, found only where it may be asked for.
    """
    number = int(answer.about.get("number", "1"))
    if number >= pages:
        return
    url = target()
    if url and url != answer.url and is_inside(channel, url):
        yield Ask(url=url, about={"page": LIST, "number": str(number + 1)})
