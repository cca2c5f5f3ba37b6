"""crawler.reading: what one read of a channel asks, takes in and remembers. Fetching is a table of answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.conditional import Validators
from crawler.failures import Unanswered
from crawler.reading import REREAD
from indexer.items import Channel, RefusalReason
from indexer.records import channels, items, reads
from indexer.records.database import Database
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
