"""crawler.reading: what one read of a channel asks, takes in and remembers. Fetching is a table of answers."""

import asyncio
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.conditional import Validators
from crawler.exchange import Answer, Ask
from crawler.extract.clean import clean
from crawler.failures import BadPage, Unanswered
from crawler.pool import Reading, read_answer
from crawler.reading import REREAD, ChannelRead, ChannelReader
from crawler.sources import feed
from indexer.items import Channel, CleanHtml, RefusalReason
from indexer.records import channels, items, reads
from indexer.records.database import Database

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
TEXT = "每一片雪花都从一粒看不见的尘埃开始，水汽在它的表面凝华，六个方向一起生长，于是有了六角的形状。"


class Here:
    """Reads pages in this process."""

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        return read_answer(channel, answer)


class Web:
    """Answers by address; an error is raised. `asked` remembers the addresses, `sent` the validators.

    moved: addresses whose answer comes from another.
    """

    def __init__(self, pages: dict[str, str | Exception]) -> None:
        self.moved: dict[str, str] = {}
        self.pages, self.asked, self.sent = pages, list[str](), list[Validators]()
        self.etag: str | None = '"1"'

    async def fetch(self, channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        self.asked.append(ask.url)
        self.sent.append(validators)
        page = self.pages[ask.url]
        if isinstance(page, Exception):
            raise page
        if validators[0] is not None and validators[0] == self.etag:
            return None
        headers = {"content-type": "text/html; charset=utf-8"} | ({"etag": self.etag} if self.etag else {})
        return Answer(url=self.moved.get(ask.url, ask.url), body=page.encode(), headers=headers, about=ask.about)


def listing(origin: str, *names: str) -> str:
    rows = "".join(f'<li><a href="{origin}/{name}">关于{name}的一篇文章</a> 2026-09-01</li>' for name in names)
    return f"<html><body><ul>{rows}</ul></body></html>"


def article(title: str, text: str = TEXT) -> str:
    body = f"<article><h1>{title}</h1><p>{text}</p><p>{text[::-1]}</p></article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def run(database: Database, channel: Channel, web: Web, now: datetime = NOW) -> ChannelRead:
    reader = ChannelReader(channel=channel, database=database, fetch=web.fetch, pool=Here(), clock=lambda: now)
    return asyncio.run(reader.read())


@pytest.fixture
def web(channel: Channel) -> Web:
    origin = str(channel.address).removesuffix("/list/")
    return Web(
        {
            f"{origin}/list/": listing(origin, "snow", "rain"),
            f"{origin}/snow": article("雪花为什么有六个角"),
            f"{origin}/rain": article("雨滴是什么形状", "雨滴下落时空气把它的底部压平，" * 6),
        }
    )


def test_a_list_page_brings_its_articles_in(database: Database, channel: Channel, web: Web) -> None:
    result = run(database, channel, web)

    assert (result.new, result.refused, result.error) == (2, 0, None)


def test_a_second_read_changes_nothing_and_loads_no_page_twice(database: Database, channel: Channel, web: Web) -> None:
    run(database, channel, web)

    result = run(database, channel, web, NOW + timedelta(hours=1))

    assert (result.new, result.changed, result.unchanged) == (0, 0, 2)
    assert web.sent[-1] == ('"1"', None)


def test_an_article_that_was_edited_lately_is_a_new_version(database: Database, channel: Channel, web: Web) -> None:
    run(database, channel, web)
    web.pages[web.asked[1]] = article("雪花为什么有六个角", TEXT + "更正：并非每片雪花都对称。")
    web.etag = '"2"'

    result = run(database, channel, web, NOW + timedelta(hours=1))

    assert (result.new, result.changed) == (0, 1)


def test_an_old_article_is_not_asked_for_again(database: Database, channel: Channel, web: Web) -> None:
    run(database, channel, web)
    web.asked.clear()

    run(database, channel, web, NOW + REREAD + timedelta(hours=1))

    assert web.asked == [channel.address]


def test_a_list_is_remembered_as_read_only_when_all_it_names_is_settled(
    database: Database, channel: Channel, web: Web
) -> None:
    def kept() -> Validators:
        with database.reading() as tx:
            return reads.validators(tx, channel.id, str(channel.address))

    run(database, channel, web)
    after_first = kept()
    run(database, channel, web, NOW + REREAD + timedelta(hours=1))

    assert after_first == (None, None)
    assert kept() == ('"1"', None)


def test_one_page_in_trouble_costs_the_others_nothing_and_leaves_a_row(
    database: Database, channel: Channel, web: Web
) -> None:
    snow = next(url for url in web.pages if url.endswith("/snow"))
    web.pages[snow] = Unanswered(snow, what="网页不存在（404）", do="请检查登记的网址")

    result = run(database, channel, web)

    with database.reading() as tx:
        (refusal,) = channels.refusals(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (1, 1, None)
    assert (refusal.url, refusal.reason, refusal.title) == (snow, RefusalReason.PAGE_FAILED, "关于snow的一篇文章")
    assert "请检查登记的网址" in refusal.message


def test_a_first_page_in_trouble_is_the_channels_failure_in_words(
    database: Database, channel: Channel, web: Web
) -> None:
    address = str(channel.address)
    web.pages[address] = Unanswered(address, what="网站拒绝采集（403）", do="请单位放行")

    result = run(database, channel, web)

    assert result.error == f"网站拒绝采集（403）：{address}。请单位放行"


def test_a_site_that_stops_answering_is_left_after_a_few_pages(database: Database, channel: Channel, web: Web) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"page{number}" for number in range(30)]
    web.pages[f"{origin}/list/"] = listing(origin, *names)
    web.pages |= {f"{origin}/{name}": Unanswered("x", what="网站太久没有回答", do="请检查") for name in names}

    result = run(database, channel, web)

    assert len(web.asked) == 6
    assert result.error is not None
    assert "连续 5 个网页" in result.error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("Invalid IPv6 URL"),
        zlib.error("incorrect header check"),
        OSError(113, "No route to host"),
        KeyError(1),
    ],
)
def test_whatever_one_page_does_becomes_a_row_and_the_next_page_is_read(
    database: Database, channel: Channel, web: Web, error: Exception
) -> None:
    snow = next(url for url in web.pages if url.endswith("/snow"))
    web.pages[snow] = error

    result = run(database, channel, web)

    with database.reading() as tx:
        (refusal,) = channels.refusals(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (1, 1, None)
    assert (refusal.url, refusal.reason) == (snow, RefusalReason.UNREADABLE)
    assert type(error).__name__ in refusal.message


def test_pages_that_are_bad_do_not_stop_their_channel(database: Database, channel: Channel, web: Web) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"page{number}" for number in range(30)]
    web.pages[f"{origin}/list/"] = listing(origin, *names, "last")
    web.pages |= {f"{origin}/{name}": BadPage("x", what="网页不存在（404）", do="请检查") for name in names}
    web.pages[f"{origin}/last"] = article("最后一篇文章也要读到")

    result = run(database, channel, web)

    assert (result.new, result.refused, result.error) == (1, 30, None)


def test_a_host_that_is_silent_costs_the_channels_other_host_nothing(
    database: Database, channel: Channel, web: Web
) -> None:
    both = replace(channel, hosts=(*channel.hosts, "silent.example"))
    with database.transaction() as tx:
        channels.save_channel(tx, both)
    origin = str(channel.address).removesuffix("/list/")
    silent = [f"http://silent.example/{number}" for number in range(9)]
    rows = "".join(f'<li><a href="{url}">一篇读不到的文章</a> 2026-09-01</li>' for url in silent)
    last = f'<li><a href="{origin}/last">最后一篇文章也要读到</a> 2026-09-01</li>'
    web.pages[str(channel.address)] = f"<html><body><ul>{rows}{last}</ul></body></html>"
    web.pages |= {url: Unanswered(url, what="网站拒绝连接", do="请检查") for url in silent}
    web.pages[f"{origin}/last"] = article("最后一篇文章也要读到")

    result = run(database, both, web)

    assert result.new == 1
    assert len([url for url in web.asked if url in silent]) == 5
    assert result.error is not None
    assert "silent.example 连续 5 个网页" in result.error


@pytest.mark.parametrize("place", ["http://other.example.com/snow", "{origin}/elsewhere/snow"])
def test_an_article_whose_answer_came_from_outside_the_channel_is_not_taken_in(
    database: Database, channel: Channel, web: Web, place: str
) -> None:
    origin = str(channel.address).removesuffix("/list/")
    ours = replace(channel, path="/list/")
    with database.transaction() as tx:
        channels.save_channel(tx, ours)
    web.pages = {
        f"{origin}/list/": listing(f"{origin}/list", "snow", "rain"),
        f"{origin}/list/snow": article("雪花为什么有六个角"),
        f"{origin}/list/rain": article("雨滴是什么形状", "雨滴下落时空气把它的底部压平，" * 6),
    }
    web.moved[f"{origin}/list/snow"] = place.format(origin=origin)

    result = run(database, ours, web)

    with database.reading() as tx:
        (refusal,) = channels.refusals(tx, channel=channel.id)
        ((_, taken),) = items.waiting(tx, 10)
    assert (result.new, result.refused) == (1, 1)
    assert (refusal.url, refusal.reason) == (f"{origin}/list/snow", RefusalReason.FOREIGN_HOST)
    assert taken.url == f"{origin}/list/rain"


def test_an_entry_that_cannot_be_read_takes_nothing_from_those_behind_it(
    database: Database, channel: Channel, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_channel = replace(channel, source="feed", address=f"{channel.address}feed.xml")
    with database.transaction() as tx:
        channels.save_channel(tx, feed_channel)
    entries = "".join(
        f"<item><title>{name}的文章</title><link>{channel.address}{name}</link>"
        f"<content:encoded>&lt;p&gt;{name}{TEXT}&lt;/p&gt;</content:encoded></item>"
        for name in ("good", "bad", "last")
    )
    web.pages = {
        str(feed_channel.address): "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>订阅</title>{entries}</channel></rss>"
    }
    cleaned = clean

    def stumble(text: str, base: str | None) -> CleanHtml:
        if "bad" in text:
            raise RuntimeError("over this one")
        return cleaned(text, base)

    monkeypatch.setattr(feed, "clean", stumble)

    result = run(database, feed_channel, web)

    with database.reading() as tx:
        (refusal,) = channels.refusals(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (2, 1, None)
    assert (refusal.title, refusal.reason) == ("bad的文章", RefusalReason.UNREADABLE)


def test_halves_of_characters_are_replaced_before_they_reach_the_records(
    database: Database, channel: Channel, web: Web
) -> None:
    snow = next(url for url in web.pages if url.endswith("/snow"))
    declared = '<script type="application/ld+json">{"@type": "Article", "headline": "雪花\\ud800为什么有六个角",'
    declared += '"author": {"name": "作者\\udfff甲"}}</script>'
    web.pages[snow] = article("雪花\\ud800").replace("</head>", f"{declared}</head>")

    result = run(database, channel, web)

    with database.reading() as tx:
        held = [version for _, version in items.waiting(tx, 10)]
    assert (result.new, result.refused, result.error) == (2, 0, None)
    assert all(text.encode() for version in held for text in (version.title, version.text, version.html))


def test_a_link_to_a_foreign_host_is_not_fetched_and_is_refused_by_name(
    database: Database, channel: Channel, web: Web
) -> None:
    feed = replace(channel, source="feed", address=f"{channel.address}feed.xml")
    with database.transaction() as tx:
        channels.save_channel(tx, feed)
    web.pages = {
        str(feed.address): "<rss version='2.0'><channel><title>订阅</title><item><title>别家的文章</title>"
        "<link>https://other.example.com/1</link><description>摘要</description></item></channel></rss>"
    }

    result = run(database, feed, web)

    with database.reading() as tx:
        (refusal,) = channels.refusals(tx, channel=feed.id)
    assert web.asked == [feed.address]
    assert (result.new, result.refused, refusal.reason) == (0, 1, RefusalReason.FOREIGN_HOST)


def test_a_kind_of_source_that_does_not_exist_is_named(database: Database, channel: Channel, web: Web) -> None:
    result = run(database, replace(channel, source="telepathy"), web)

    assert result.error is not None
    assert "telepathy" in result.error
    assert "feed" in result.error


def test_the_candidates_of_a_page_are_in_before_the_page_counts_as_read(
    database: Database, channel: Channel, web: Web
) -> None:
    run(database, channel, web)

    with database.reading() as tx:
        held = items.waiting(tx, 10)
        kept = [reads.validators(tx, channel.id, version.url) for _, version in held]
    assert len(held) == 2
    assert kept == [('"1"', None)] * 2
