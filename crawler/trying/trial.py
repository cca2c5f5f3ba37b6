"""Try a channel before it is one: its list, its first articles, and what else its site offers. Nothing is kept."""

from collections.abc import Collection
from dataclasses import replace

from config.settings import Settings
from config.units.options import kept_options
from crawler.exchange import Answer, Ask
from crawler.guard import place_of
from crawler.reading.articles import article_ask
from crawler.reading.pool import one_reader
from crawler.sources import options_of, source_of
from crawler.trying.offers import with_offers
from crawler.trying.pieces import first_pieces, page_itself
from crawler.trying.reader import FoundList, Reader
from crawler.trying.telling import FEED, JSON_LIST, SITE, SITEMAP, WECHAT_PAGE, told_source
from crawler.trying.visits import Visits
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Proposal, Row, Trial, kind_of

TRIED, NO_UNIT = ChannelId("trial"), UnitId("trial")
NO_LIST = "这个网址没有列出任何文章"
ONE_ARTICLE = "这个网页本身可以当作一篇文章读取：请登记列出文章的栏目页，或由单位推送这一篇"
READ_AS = {
    FEED: "按订阅源（RSS、Atom、JSON Feed）读取，列出 {articles} 篇",
    SITEMAP: "按站点地图读取，列出 {articles} 篇",
    SITE: "按列表页读取，列出 {articles} 篇",
    JSON_LIST: "按 JSON 列表读取，列出 {articles} 篇",
    WECHAT_PAGE: "按单篇公众号文章读取：公众号文章由单位推送，不定时采集",
}


def try_address(settings: Settings, proposal: Proposal) -> Trial:
    """Return what the collector would take of a channel at this address. Raises FetchRefused, Unreadable.

    Unreadable where the options of the source that the proposal names cannot be used.
    """
    visits = Visits(settings=settings)
    answer = visits.answer(_first_ask(proposal), hosts=_hosts_of_the_first(proposal))
    with one_reader() as run:
        reader = Reader(channel=channel_of(proposal, answer), run=run, visits=visits)
        found = reader.read_list(answer)
        trial = _trial(reader.channel, found)
        is_page = reader.channel.source == SITE
        if trial.rows:
            trial = replace(trial, pieces=tuple(first_pieces(reader, found)))
        elif is_page and (pieces := page_itself(reader, answer)):
            trial = replace(trial, pieces=tuple(pieces), why=f"{trial.why.rstrip('。')}。{ONE_ARTICLE}")
        if is_page and not proposal.source:
            trial = with_offers(trial, reader, visits, answer)
    return trial


def try_file(proposal: Proposal, body: bytes) -> Trial:
    """Return the list of a saved page, as if it had come from the proposal's address; nothing is asked for."""
    answer = Answer(url=proposal.address, body=body)
    channel = channel_of(proposal, answer)
    with one_reader() as run:
        return _trial(channel, Reader(channel=channel, run=run).read_list(answer))


def channel_of(proposal: Proposal, answer: Answer) -> Channel:
    """Return the channel that the proposal would be; what it leaves open is told by the answer.

    Where it names no host, those that were asked and that answered. Raises FetchRefused for what is no address.
    """
    source = proposal.source or told_source(answer)
    asked, answered = place_of(proposal.address).netloc, place_of(answer.url).netloc
    return Channel(
        id=TRIED,
        unit=proposal.unit or NO_UNIT,
        kind=kind_of(source),
        name=asked,
        source=source,
        address=proposal.address,
        hosts=proposal.hosts or tuple(dict.fromkeys((asked, answered))),
        path=proposal.path,
        options=kept_options(source, proposal.options),
    )


def _first_ask(proposal: Proposal) -> Ask:
    """What the named source asks first; of one that polls nothing, or none named, the address itself."""
    if not proposal.source:
        return Ask(url=proposal.address)
    channel = channel_of(proposal, Answer(url=proposal.address, body=b""))
    source = source_of(proposal.source)
    first = next(source.start(channel, options_of(source, channel)), None)
    return first or article_ask(proposal.address)


def _hosts_of_the_first(proposal: Proposal) -> Collection[str]:
    """Where the list may lie: as for the collector the hosts registered, and that of the address."""
    return (*proposal.hosts, place_of(proposal.address).netloc) if proposal.hosts else ()


def _trial(channel: Channel, found: FoundList) -> Trial:
    short, source = found.short, channel.source or ""
    rows = tuple(Row(url=one.url, title=one.title, day=one.date) for one in short.articles)
    read_as = READ_AS.get(source, READ_AS[SITE]).format(articles=len(rows))
    return Trial(
        source=source,
        hosts=channel.hosts,
        why=short.why or (read_as if rows else NO_LIST),
        selector=short.selector,
        rows=rows,
        listed=len(rows),
    )
