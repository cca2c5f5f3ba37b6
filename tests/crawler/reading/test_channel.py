"""crawler.reading.channel: what one read of a channel asks, takes in and remembers. Fetching is a table of answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.reading.channel import FAILURES_IN_A_ROW
from crawler.reading.failures import Unanswered, bad_status
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels, reads, refusals, to_understand
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel
from tests.queries import counted
from tests.simulators.answers import NOW, TEXT, Web, article, listing, run, two_articles


@pytest.fixture
def web(channel: Channel) -> Web:
    return two_articles(channel)


def test_a_list_page_brings_its_articles_in(database: Database, channel: Channel, web: Web) -> None:
    result = run(database, channel, web)

    assert (result.new, result.refused, result.error) == (2, 0, None)


def test_a_second_read_changes_nothing_and_loads_no_page_twice(database: Database, channel: Channel, web: Web) -> None:
    run(database, channel, web)

    result = run(database, channel, web, NOW + timedelta(hours=1))

    assert (result.new, result.changed, result.unchanged) == (0, 0, 0)


def test_a_poll_asks_for_the_list_alone_however_young_its_articles_are(
    database: Database, channel: Channel, web: Web
) -> None:
    run(database, channel, web)
    web.asked.clear()

    run(database, channel, web, NOW + timedelta(minutes=10))
    run(database, channel, web, NOW + timedelta(minutes=20))

    assert web.asked == [channel.address] * 2
    assert web.sent[-1] == ('"1"', None)


def test_what_was_added_to_the_list_is_asked_for_and_nothing_else(
    database: Database, channel: Channel, web: Web
) -> None:
    run(database, channel, web)
    origin = str(channel.address).removesuffix("/list/")
    web.pages[str(channel.address)] = listing(origin, "hail", "snow", "rain")
    web.pages[f"{origin}/hail"] = article("冰雹是怎样长大的", TEXT[::-1] * 2)
    web.asked.clear()

    result = run(database, channel, web, NOW + timedelta(minutes=10))

    assert (result.new, web.asked) == (1, [channel.address, f"{origin}/hail"])


@pytest.mark.parametrize("place", ["list", "article"])
def test_a_host_that_asks_for_a_pause_is_left_alone(database: Database, channel: Channel, web: Web, place: str) -> None:
    address = web_address = str(channel.address)
    if place == "article":
        web_address = address.replace("/list/", "/snow")
    web.pages[web_address] = bad_status(web_address, 429, rests_until=NOW + timedelta(hours=2))

    result = run(database, channel, web)

    assert len(web.asked) == (1 if place == "list" else 2)
    assert result.error is not None


def test_a_list_is_remembered_as_read_only_when_all_it_names_is_settled(
    database: Database, channel: Channel, web: Web
) -> None:
    page = (channel.id, str(channel.address))

    def kept() -> Validators:
        with database.reading() as tx:
            return reads.validators(tx, [page])[page]

    run(database, channel, web)
    after_first = kept()
    run(database, channel, web, NOW + timedelta(hours=1))

    assert after_first == (None, None)
    assert kept() == ('"1"', None)


def test_one_page_in_trouble_costs_the_others_nothing_and_leaves_a_row(
    database: Database, channel: Channel, web: Web
) -> None:
    snow = next(url for url in web.pages if url.endswith("/snow"))
    web.pages[snow] = bad_status(snow, 404)

    result = run(database, channel, web)

    with database.reading() as tx:
        (refusal,) = refusals.recent(tx, channel=channel.id)
    assert (result.new, result.refused, result.error) == (1, 1, None)
    assert (refusal.url, refusal.reason, refusal.title) == (snow, RefusalReason.BAD_STATUS, "关于snow的一篇文章")
    assert "请检查登记的网址" in refusal.message


def test_a_first_page_in_trouble_is_the_channels_failure_in_words(
    database: Database, channel: Channel, web: Web
) -> None:
    address = str(channel.address)
    web.pages[address] = bad_status(address, 403)

    result = run(database, channel, web)

    assert result.error == f"网站拒绝采集（403）：{address}。请单位在网站或防火墙上放行本采集器"


def test_a_site_that_stops_answering_is_left_after_a_few_pages(database: Database, channel: Channel, web: Web) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"page{number}" for number in range(30)]
    web.pages[f"{origin}/list/"] = listing(origin, *names)
    web.pages |= {f"{origin}/{name}": Unanswered("x", RefusalReason.HOST_SILENT) for name in names}

    result = run(database, channel, web)

    assert len(web.asked) == 1 + FAILURES_IN_A_ROW
    assert result.error is not None
    assert "连续 5 个网页" in result.error


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
        (refusal,) = refusals.recent(tx, channel=feed.id)
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
        held = to_understand.waiting(tx, 10)
        kept = reads.validators(tx, [(channel.id, version.url) for _, version in held])
    assert len(held) == 2
    assert list(kept.values()) == [('"1"', None)] * 2


def test_a_longer_list_of_known_links_takes_no_more_queries(database: Database, channel: Channel) -> None:
    address, names = str(channel.address), [f"art-{number}" for number in range(12)]
    origin = address.removesuffix("/list/")
    web = Web({f"{origin}/{name}": article(f"第{name}篇", TEXT * 2 + name) for name in names})
    web.pages[address], web.etag = listing(origin, *names), None
    run(database, channel, web)
    later, costs = NOW + timedelta(hours=1), list[int]()

    for links in (names[:2], names):
        web.pages[address] = listing(origin, *links)
        web.asked.clear()
        with counted(database) as queries:
            run(database, channel, web, later)
        assert web.asked == [address]
        costs.append(len(queries))

    assert costs[0] == costs[1]
