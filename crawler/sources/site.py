"""List pages of a unit's own site (path B): finds the links to articles, then reads each article.

Its selectors may be any of soupsieve, as `li:has(time) > a` or `div:-soup-contains("科普") a`.
"""

from collections.abc import Iterator

from config.units.options import SiteOptions
from crawler.exchange import Answer, Found, Note
from crawler.extract.selectors import Chooser
from crawler.lists.links import base_of, target_of
from crawler.lists.paging import next_page
from crawler.reading.articles import article_ask
from crawler.reading.list_pages import list_of
from crawler.reading.lists import ListSource, further
from indexer.whitelist.records import Channel


class Site(ListSource[SiteOptions]):
    """With the option `list` exactly the links it selects; without it those that crawler.lists finds."""

    kind = "site"
    options = SiteOptions

    def read_list(self, channel: Channel, options: SiteOptions, answer: Answer) -> Iterator[Found]:
        """Why a list page is read so, its articles, the next page. Raises Unreadable."""
        listed, chooser = list_of(channel, options, answer)
        yield Note(why=listed.why, selector=listed.selector)
        for entry in listed.entries:
            yield article_ask(entry.link.url, title=entry.title, day=entry.day)
        yield from further(
            channel, answer, pages=options.pages, target=lambda: _next_page(options, answer.url, chooser)
        )


def _next_page(options: SiteOptions, url: str, chooser: Chooser) -> str | None:
    """The page that the option `next` selects; where only `pages` is set, the one that the page itself calls next."""
    if options.next:
        base = base_of(chooser.page, url)
        return next((target_of(element, base) for element in chooser.select(options.next)[:1]), None)
    return next_page(chooser.page, url) if "pages" in options.model_fields_set else None


SOURCE = Site()
