"""The list of a site's page: as it stands there, or as the page keeps it as data for its script."""

from lxml import html

from config.units.options import SiteOptions
from crawler.dates.written import WRITE, show_written_days
from crawler.exchange import Answer, Unreadable
from crawler.extract.charset import decode
from crawler.extract.document import parse
from crawler.extract.selectors import Chooser
from crawler.extract.waiting import holds_article, waiting_pieces
from crawler.lists.absence import NoList
from crawler.lists.embedded import as_list
from crawler.lists.reading import ListPage, read_list
from crawler.lists.records import with_records
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel


def list_of(channel: Channel, options: SiteOptions, answer: Answer) -> tuple[ListPage, Chooser]:
    """Return the list of a page, and what selects within that page. Raises Unreadable."""
    chooser = Chooser(_parsed(channel, with_records(_text(channel, answer))))
    try:
        return _listed(channel, options, answer, chooser=chooser), chooser
    except NoList as none:
        return _from_data(channel, options, answer, page=chooser.page, none=none), chooser


def _listed(channel: Channel, options: SiteOptions, answer: Answer, *, chooser: Chooser) -> ListPage:
    return read_list(
        chooser.page,
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
    is_article = none.is_article or holds_article(waiting_pieces(page))
    try:
        if data := "" if is_article else as_list(_text(channel, answer)):
            return _listed(channel, options, answer, chooser=Chooser(_parsed(channel, data)))
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
    if WRITE in text:
        show_written_days(page)
    return page
