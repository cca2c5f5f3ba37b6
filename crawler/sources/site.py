"""List pages of a unit's own site (path B): finds the links to articles, then reads each article.

Its selectors may be any of soupsieve, as `li:has(time) > a` or `div:-soup-contains("科普") a`.
"""

from collections.abc import Iterator

from lxml import html

from config.units.options import SiteOptions
from crawler.exchange import Answer, Found, Note, Unreadable
from crawler.extract.charset import decode
from crawler.extract.document import parse
from crawler.extract.selectors import Chooser
from crawler.lists.absence import NoList
from crawler.lists.links import base_of, target_of
from crawler.lists.paging import next_page
from crawler.lists.reading import read_list
from crawler.lists.records import with_records
from crawler.reading.articles import article_ask
from crawler.reading.lists import ListSource, further
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel


class Site(ListSource[SiteOptions]):
    """With the option `list` exactly the links it selects; without it those that crawler.lists finds."""

    kind = "site"
    options = SiteOptions

    def read_list(self, channel: Channel, options: SiteOptions, answer: Answer) -> Iterator[Found]:
        """Why a list page is read so, its articles, the next page. Raises Unreadable."""
        page = _parse(channel, answer)
        chooser = Chooser(page)
        try:
            listed = read_list(
                page,
                answer.url,
                lambda url: is_inside(channel, url),
                select=chooser.select,
                chosen=options.list or "",
                title=options.title or "",
                date=options.date or "",
                wants_selector=answer.is_trial,
            )
        except NoList as none:
            raise Unreadable(channel, none.what, do=none.do) from none
        yield Note(why=listed.why, selector=listed.selector)
        for entry in listed.entries:
            yield article_ask(entry.link.url, title=entry.title, day=entry.day)
        yield from further(
            channel, answer, pages=options.pages, target=lambda: _next_page(options, page, answer.url, chooser)
        )


def _parse(channel: Channel, answer: Answer) -> html.HtmlElement:
    kind = answer.headers.get("content-type", "text/html")
    text = decode(answer.body, kind).replace("\0", "")
    if "html" not in kind and "text" not in kind and "xml" not in kind:
        raise Unreadable(channel, f"列表页不是网页（{kind[:60]}）", do="请登记栏目列表页的网址")
    page = parse(with_records(text))
    if page is None:
        raise Unreadable(channel, "列表页是空的", do="请检查登记的网址能否在浏览器中打开")
    return page


def _next_page(options: SiteOptions, page: html.HtmlElement, url: str, chooser: Chooser) -> str | None:
    """The page that the option `next` selects; where only `pages` is set, the one that the page itself calls next."""
    if options.next:
        base = base_of(page, url)
        return next((target_of(element, base) for element in chooser.select(options.next)[:1]), None)
    return next_page(page, url) if "pages" in options.model_fields_set else None


SOURCE = Site()
