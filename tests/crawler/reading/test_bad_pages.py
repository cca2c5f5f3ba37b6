"""crawler.reading.channel: one bad page, one bad entry, one silent host cost the rest of the channel nothing."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from crawler.extract.clean import clean
from crawler.reading import entries as reading_of_entries
from crawler.reading import taking
from crawler.reading.failures import Unanswered, bad_status
from indexer.catalogue.intake import Arrival, Taken, take_in_all
from indexer.catalogue.items import CleanHtml
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels, refusals, to_understand
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.answers import TEXT, Web, article, listing, run, two_articles


@pytest.fixture
def web(channel: Channel) -> Web:
    return two_articles(channel)


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
        (refusal,) = refusals.recent(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (1, 1, None)
    assert (refusal.url, refusal.reason) == (snow, RefusalReason.PROGRAM_FAULT)
    assert type(error).__name__ in refusal.message


def test_pages_that_are_bad_do_not_stop_their_channel(database: Database, channel: Channel, web: Web) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"page{number}" for number in range(30)]
    web.pages[f"{origin}/list/"] = listing(origin, *names, "last")
    web.pages |= {f"{origin}/{name}": bad_status("x", 404) for name in names}
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
    web.pages |= {url: Unanswered(url, RefusalReason.HOST_REFUSES) for url in silent}
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
        (refusal,) = refusals.recent(tx, channel=channel.id)
        ((_, taken),) = to_understand.waiting(tx, 10)
    assert (result.new, result.refused) == (1, 1)
    assert (refusal.url, refusal.reason) == (f"{origin}/list/snow", RefusalReason.MOVED_OUTSIDE)
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

    monkeypatch.setattr(reading_of_entries, "clean", stumble)

    result = run(database, feed_channel, web)

    with database.reading() as tx:
        (refusal,) = refusals.recent(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (2, 1, None)
    assert (refusal.title, refusal.reason) == ("bad的文章", RefusalReason.UNREADABLE)


def test_a_candidate_that_cannot_be_taken_in_costs_the_next_one_nothing(
    database: Database, channel: Channel, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(records: Database, arrived: Sequence[Arrival], **others: int) -> Sequence[Taken]:
        if any(one.candidate.url.endswith("/snow") for one in arrived):
            raise LookupError("over this one")
        return take_in_all(records, arrived, **others)

    monkeypatch.setattr(taking, "take_in_all", stumble)

    result = run(database, channel, web)

    with database.reading() as tx:
        (refusal,) = refusals.recent(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (1, 1, None)
    assert refusal.reason is RefusalReason.PROGRAM_FAULT
    assert "LookupError: over this one" in refusal.message


def test_halves_of_characters_are_replaced_before_they_reach_the_records(
    database: Database, channel: Channel, web: Web
) -> None:
    snow = next(url for url in web.pages if url.endswith("/snow"))
    declared = '<script type="application/ld+json">{"@type": "Article", "headline": "雪花\\ud800为什么有六个角",'
    declared += '"author": {"name": "作者\\udfff甲"}}</script>'
    web.pages[snow] = article("雪花\\ud800").replace("</head>", f"{declared}</head>")

    result = run(database, channel, web)

    with database.reading() as tx:
        held = [version for _, version in to_understand.waiting(tx, 10)]
    assert (result.new, result.refused, result.error) == (2, 0, None)
    assert all(text.encode() for version in held for text in (version.title, version.text, version.html))
