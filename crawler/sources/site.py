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
from crawler.extract.waiting import holds_article, waiting_pieces
from crawler.lists.absence import NoList
from crawler.lists.embedded import as_list
from crawler.lists.links import base_of, target_of
from crawler.lists.paging import next_page
from crawler.lists.reading import ListPage, read_list
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
        text = _text(channel, answer)
        page = _parsed(channel, with_records(text))
        chooser = Chooser(page)
        try:
            listed = _listed(channel, options, answer, page=page, chooser=chooser)
        except NoList as none:
            listed = _from_data(channel, options, answer, page=page, none=none)
        yield Note(why=listed.why, selector=listed.selector)
        for entry in listed.entries:
            yield article_ask(entry.link.url, title=entry.title, day=entry.day)
        yield from further(
            channel, answer, pages=options.pages, target=lambda: _next_page(options, page, answer.url, chooser)
        )


def _listed(
    channel: Channel, options: SiteOptions, answer: Answer, *, page: html.HtmlElement, chooser: Chooser
) -> ListPage:
    return read_list(
        page,
        answer.url,
        lambda url: is_inside(channel, url),
        select=chooser.select,
        chosen=options.list or "",
        title=options.title or "",
        date=options.date or "",
        wants_selector=answer.is_trial,
    )


def _from_data(
    channel: Channel, options: SiteOptions, answer: Answer, *, page: html.HtmlElement, none: NoList
) -> ListPage:
    """The list that the page keeps as data for its script. none: why the page itself shows no list, raised again."""
    pieces = waiting_pieces(page)
    data = "" if none.is_article or holds_article(pieces) else as_list(_text(channel, answer))
    try:
        if data:
            drawn = _parsed(channel, data)
            return _listed(channel, options, answer, page=drawn, chooser=Chooser(drawn))
    except NoList:  # menus, files, other sites: the words are about the page that people see
        pass
    raise Unreadable(channel, none.what, do=none.do) from none


def _text(channel: Channel, answer: Answer) -> str:
    kind = answer.headers.get("content-type", "text/html")
    if "html" not in kind and "text" not in kind and "xml" not in kind:
        raise Unreadable(channel, f"列表页不是网页（{kind[:60]}）", do="请登记栏目列表页的网址")
    return decode(answer.body, kind).replace("\0", "")


def _parsed(channel: Channel, text: str) -> html.HtmlElement:
    page = parse(text)
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
