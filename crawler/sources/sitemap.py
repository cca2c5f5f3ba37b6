"""Sitemaps of a unit's own site (path B): an index and the sitemaps it lists, then the newest pages of each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from config.units.options import SitemapOptions
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.feeds.entries import Entry, Feed, NotAFeed
from crawler.feeds.reading import read_feed
from crawler.lists.links import is_file, is_section
from crawler.reading.articles import article_ask
from crawler.reading.lists import ListSource
from indexer.catalogue.items import URL_CHARS
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

SITEMAP = "sitemap"  # value of `page` in what is asked for: a sitemap of an index
MOST_SITEMAPS = 20  # of one index, the newest first
MOST_LEVELS = 2  # an index may list indexes
DO = "请登记 sitemap.xml 一类的网址；没有站点地图的网站，请改用 site 方式登记栏目列表页"
NEVER = datetime.min.replace(tzinfo=UTC)


class Sitemap(ListSource[SitemapOptions]):
    """The pages that a sitemap lists, the last changed first; lists, files and what lies outside are left out."""

    kind = "sitemap"
    options = SitemapOptions

    def read_list(self, channel: Channel, options: SitemapOptions, answer: Answer) -> Iterator[Found]:
        """Of an index its sitemaps; of a sitemap its pages. Raises Unreadable."""
        feed = _sitemap(channel, answer)
        inside = [entry for entry in _newest(feed) if is_inside(channel, entry.link or "")]
        if feed.is_index:
            yield from _sitemaps(channel, inside, answer)
            return
        pages = [entry for entry in inside if not is_file(entry.link or "") and not is_section(entry.link or "")]
        if not pages:
            what = f"站点地图里没有渠道内的文章网址（共 {len(feed.entries)} 个网址，渠道内 {len(inside)} 个）"
            raise Unreadable(channel, what, do="请检查渠道登记的网站和路径；或改用 site 方式登记栏目列表页")
        taken = pages[: options.most]
        counted = f"共 {len(feed.entries)} 个网址，渠道内的文章 {len(pages)} 个"
        yield Note(why=f"站点地图：{counted}，取最近更新的 {len(taken)} 个")
        for entry in taken:
            # What a sitemap dates is the last change: no day of publication.
            yield article_ask(entry.link or "", title=entry.title or "")


def _sitemap(channel: Channel, answer: Answer) -> Feed:
    try:
        feed = read_feed(answer.body, content_type=answer.headers.get("content-type"), url=answer.url)
    except NotAFeed as error:
        raise Unreadable(channel, f"登记的网址不是站点地图：{error}", do=DO) from error
    if not feed.is_sitemap:
        raise Unreadable(channel, "登记的网址是订阅源，不是站点地图", do="请改用 feed 方式登记这个网址")
    return feed


def _newest(feed: Feed) -> Sequence[Entry]:
    """The entries with an address, each once, the last changed first; those without a time behind, in their order."""
    entries = {entry.link: entry for entry in reversed(feed.entries) if entry.link and len(entry.link) <= URL_CHARS}
    in_order = list(reversed(entries.values()))
    return sorted(in_order, key=lambda entry: entry.published.at if entry.published else NEVER, reverse=True)


def _sitemaps(channel: Channel, inside: Sequence[Entry], answer: Answer) -> Iterator[Found]:
    level = int(answer.about.get("level", "0")) + 1
    if level > MOST_LEVELS:
        raise Unreadable(channel, f"站点地图的索引超过 {MOST_LEVELS} 层", do="请直接登记列出文章的站点地图")
    if not inside:
        what = "站点地图的索引里没有渠道登记范围内的站点地图"
        raise Unreadable(channel, what, do="请直接登记列出文章的站点地图，或检查渠道登记的网站和路径")
    taken = inside[:MOST_SITEMAPS]
    yield Note(why=f"站点地图的索引：{len(inside)} 个站点地图，读最近更新的 {len(taken)} 个")
    for entry in taken:
        yield Ask(url=entry.link or "", about={"page": SITEMAP, "level": str(level)})


SOURCE = Sitemap()
