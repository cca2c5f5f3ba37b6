"""What WeChat's answers hold, as what a source hands on: pieces that are named, requests, candidates. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from config.words import ItemKind
from crawler.dates.read import read_time
from crawler.exchange import Answer, Ask, Named, Unreadable
from crawler.extract.page import Page, read_content
from crawler.extract.wechat.account import biz_of_address
from crawler.platforms.fields import NotAnAnswer, Object, moment, parse
from crawler.platforms.troubles import refused_by
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.answers import Listing, News, Publication, article_of, listing_of
from crawler.platforms.wechat.errors import refusal_in, trouble_of
from crawler.reading.articles import candidate_of
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS, Candidate
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import account_of

NO_ADDRESS = "平台没有给出这篇文章的网址"


def said(channel: Channel, answer: Answer, *, call: str) -> Object:
    """Return what a call answered. Raises Unreadable with the platform's trouble, or where it is no answer at all."""
    try:
        found = parse(answer.body)
    except NotAnAnswer as error:
        do = "请在白名单里核对渠道的采集方式；下一轮会再试"
        raise Unreadable(channel, "公众平台的回答不是约定的格式（JSON）", do=do) from error
    if (refused := refusal_in(found)) is not None:
        raise refused_by(channel, trouble_of(refused, call=call))
    return found


def listed(channel: Channel, answer: Answer, *, pages: int) -> Iterator[Named | Ask]:
    """Yield what a page of the list names, a request for each publication, and one for the next page."""
    listing = listing_of(said(channel, answer, call=calls.BATCHGET))
    for publication in listing.publications:
        yield from named(publication)
    for publication in listing.publications:
        if (leads_to := calls.addresses_of(publication)) and publication.article_id:
            yield calls.publication_ask(
                channel.id, publication.article_id, leads_to=leads_to, created=publication.created
            )
    if (offset := _next(listing, answer, pages=pages)) is not None:
        yield calls.list_ask(channel.id, offset=offset, total=listing.total)


def named(publication: Publication) -> Iterator[Named]:
    """Yield each article of a publication as what the platform says that the account published."""
    day = publication.created.astimezone(BEIJING).date() if publication.created else None
    for place, news in enumerate(publication.news, 1):
        url = news.url if len(news.url) <= URL_CHARS else ""
        yield Named(
            number=calls.number_of(publication.article_id, place),
            url=url,
            title=news.title[:TITLE_CHARS],
            day=day,
            is_gone=news.is_deleted,
            why="" if url or news.is_deleted else NO_ADDRESS,
        )


def candidates(channel: Channel, answer: Answer, *, kind: ItemKind | None) -> Iterator[Candidate]:
    """Yield the articles of one publication that are there. Raises Unreadable."""
    publication = article_of(said(channel, answer, call=calls.GETARTICLE))
    when = _published(publication, answer)
    yield from (_candidate(channel, news, when, kind=kind) for news in publication.news if calls.is_there(news))


def _published(publication: Publication, answer: Answer) -> Published | None:
    """When it was published; the time of its last change is no such time: without the other the day stays empty."""
    if created := publication.created or moment(answer.about.get("created", "")):
        return Published(at=created.astimezone(BEIJING))
    return read_time(answer.about.get("day", ""), chinese=True)


def _candidate(channel: Channel, news: News, when: Published | None, *, kind: ItemKind | None) -> Candidate:
    held = account_of(channel)
    page = replace(
        _read(news),
        title=news.title,
        author=news.author,
        account=held.name if held and held.has_number else "",
        published=when,
    )
    return candidate_of(channel, page, url=news.url, biz=biz_of_address(news.url), kind=kind)


def _read(news: News) -> Page:
    """The article's text and media, its digest where it has neither; below it a link to the original that it names."""
    source = f'<p><a href="{escape(news.source_url)}">阅读原文</a></p>' if news.source_url else ""
    content = news.content if news.content.strip() else f"<p>{escape(news.digest)}</p>"
    return read_content(content + source, url=news.url)


def _next(listing: Listing, answer: Answer, *, pages: int) -> int | None:
    """Where the next page begins; None behind the last, and after so many pages."""
    offset = int(answer.about.get("offset", "0")) + calls.PAGE
    is_more = bool(listing.publications) and offset < listing.total
    return offset if is_more and offset < pages * calls.PAGE else None
