"""Feeds and sitemaps of a site whose page was tried: asked for where they may be, and read before they are named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from crawler.exchange import Answer, Ask
from crawler.guard import FetchRefused
from crawler.trying.discovery import FEED_PLACES, SITEMAP_PLACES, declared, places
from crawler.trying.reader import Reader
from crawler.trying.telling import FEED, SITEMAP, told_source
from crawler.trying.visits import TimeOver, Visits
from indexer.whitelist.addresses import is_on
from indexer.whitelist.trials import Offer, Trial

MOST_SITEMAPS = 2  # of those that robots.txt names


def with_offers(trial: Trial, reader: Reader, visits: Visits, answer: Answer) -> Trial:
    """Return the trial with what else the site has; where the time was over before all was looked at, `why` says so."""
    found: list[Offer] = []
    try:
        found.extend(_offers(reader, visits, answer))
    except TimeOver as over:
        trial = replace(trial, why=f"{trial.why.rstrip('。')}。{over}")
    return replace(trial, offers=tuple(found))


def _offers(reader: Reader, visits: Visits, answer: Answer) -> Iterator[Offer]:
    """What the page declares and can be read; of feeds, and of sitemaps, else the first in the usual places."""
    kinds = set[str]()
    for url in declared(answer):
        if offer := _offer(reader, visits, url):
            kinds.add(offer.source)
            yield offer
    if FEED not in kinds:
        yield from _first(reader, visits, places(answer.url, FEED_PLACES))
    if SITEMAP not in kinds:
        named = visits.sitemaps(answer.url)[:MOST_SITEMAPS]
        yield from _first(reader, visits, [*named, *places(answer.url, SITEMAP_PLACES)])


def _first(reader: Reader, visits: Visits, urls: Sequence[str]) -> Iterator[Offer]:
    yield from islice((offer for url in urls if (offer := _offer(reader, visits, url))), 1)


def _offer(reader: Reader, visits: Visits, url: str) -> Offer | None:
    """What this address is a way to; None where nothing answers there, or nothing that lists the site's articles."""
    if not is_on(reader.channel.hosts, url):
        return None
    try:
        answer = visits.answer(Ask(url=url), hosts=reader.channel.hosts)
    except TimeOver:
        raise
    except FetchRefused:
        return None  # most sites have nothing at most of these places
    source = told_source(answer)
    if source not in (FEED, SITEMAP):
        return None
    articles = len(reader.of_source(source, url).read_list(answer).short.articles)
    return Offer(source=source, address=url, articles=articles) if articles else None
