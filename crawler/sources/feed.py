"""RSS, Atom and JSON Feed on a unit's own site (path B): full entries as they are, summaries by their own page."""

from collections.abc import Iterator

from config.units.options import FeedOptions
from crawler.exchange import Answer, Found, Unreadable
from crawler.feeds.entries import Entry
from crawler.reading.articles import article_ask
from crawler.reading.entries import address_of, candidate_or_words, feed_of, is_whole
from crawler.reading.lists import ListSource
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel


class FeedSource(ListSource[FeedOptions]):
    """One candidate for each entry with an address, in the feed's order."""

    kind = "feed"
    options = FeedOptions

    def read_list(self, channel: Channel, options: FeedOptions, answer: Answer) -> Iterator[Found]:
        """Of the feed its full entries, and the pages of those it only sums up. Raises Unreadable."""
        feed = feed_of(channel, answer)
        entries: dict[str, Entry] = {}
        for entry in feed.entries:
            if url := address_of(entry, answer.url):
                entries.setdefault(url, entry)
        if feed.entries and not entries:
            raise Unreadable(
                channel, "订阅源里的条目都没有网址", do="请让网站为每个条目写明 link，或改用 site 方式登记"
            )
        for url, entry in entries.items():
            if is_whole(entry) or not is_inside(channel, url):
                yield candidate_or_words(channel, entry, url, kind=options.item_kind)
            else:
                yield article_ask(url, title=entry.title or "", day=entry.published)


SOURCE = FeedSource()
