"""The collector does what people filed, and says what came of it. Saved pages and whole sites: beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from config.words import WhitelistStatus
from crawler.reading import inbox as step
from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records import channels, inbox, items, refusals, to_understand
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind
from indexer.whitelist.records import Channel
from tests.filed import PAGE, TEXT, became, newest
from tests.simulators.website import Website


def test_a_pushed_link_becomes_an_item_that_its_unit_is_told_of(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    website.page("/list/1", PAGE)
    file(f"{website.origin}/list/1")
    waited = collector.waits()

    done = collector.do()

    filed = newest(database)
    assert (waited, done, collector.waits(), collector.do()) == (True, 1, False, 0)
    assert (became(filed), filed.tries) == (Became.TAKEN, 1)
    assert filed.outcome is not None
    with database.reading() as tx:
        item = items.item(tx, ItemId(filed.outcome.item))
    assert item is not None


def test_a_link_pushed_twice_is_one_item(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    website.page("/list/1", PAGE)
    file(f"{website.origin}/list/1")
    file(f"{website.origin}/list/1")

    assert [collector.do() for _ in range(3)] == [1, 1, 0]

    with database.reading() as tx:
        assert len(to_understand.waiting(tx, 10)) == 1
    assert became(newest(database)) is Became.UNCHANGED


def test_a_link_outside_the_channel_is_refused_in_the_words_that_the_unit_reads_elsewhere_too(
    database: Database, collector: step.Inbox, file: Callable[..., None]
) -> None:
    file("https://other.example/1")

    collector.do()

    filed = newest(database)
    with database.reading() as tx:
        [refusal] = refusals.recent(tx)
    assert filed.outcome is not None
    assert (filed.outcome.became, filed.outcome.words) == (Became.REFUSED, refusal.message)


def test_what_cannot_be_fetched_is_tried_three_times_and_then_given_up_with_words(
    database: Database, collector: step.Inbox, file: Callable[..., None]
) -> None:
    file("ftp://a.example/1")

    told = []
    while collector.waits():
        collector.do()
        told.append(newest(database))

    assert [(one.tries, one.done_at is None) for one in told] == [(1, True), (2, True), (3, False)]
    assert {became(one) for one in told} == {Became.NOT_READ}
    assert told[-1].outcome is not None
    assert told[-1].outcome.words.startswith("只采集 http 和 https 网址")


def test_a_page_that_holds_no_article_is_said_at_once(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    website.page("/list/1", "<p></p>")
    file(f"{website.origin}/list/1")

    collector.do()

    filed = newest(database)
    assert filed.done_at is not None
    assert filed.outcome is not None
    assert "没有" in filed.outcome.words


def test_a_trial_shows_what_would_be_read_and_takes_nothing_in(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None], channel: Channel
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, status=WhitelistStatus.APPLIED))
    website.page("/list/1", PAGE)
    file(f"{website.origin}/list/1", InboxKind.TRY)

    collector.do()

    read = newest(database, InboxKind.TRY).outcome
    assert read is not None
    assert (read.became, read.title, read.chars) == (Became.READ, "蜻蜓怎样飞", len(TEXT) * 2)
    assert read.text.startswith("蜻蜓的两对翅膀")
    with database.reading() as tx:
        assert to_understand.waiting(tx, 10) == []
        assert refusals.recent(tx) == []


def test_a_trial_outside_the_channel_fetches_nothing_and_says_so(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    file("https://other.example/1", InboxKind.TRY)

    while collector.waits():
        collector.do()

    read = newest(database, InboxKind.TRY).outcome
    assert read is not None
    assert "登记的网站和路径之内" in read.words
    assert website.seen == []


def test_a_fault_of_the_program_is_told_and_holds_up_nobody(
    database: Database,
    collector: step.Inbox,
    website: Website,
    file: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("odd")

    monkeypatch.setattr(step, "push_url", broken)
    file(f"{website.origin}/list/1")

    with capture_logs() as said:
        while collector.waits():
            collector.do()

    filed = newest(database)
    assert (filed.tries, became(filed)) == (3, Became.NOT_READ)
    assert [one["event"] for one in said].count("filed_failed") == 3


def test_what_killed_its_collector_again_and_again_is_given_up(
    database: Database, collector: step.Inbox, website: Website, file: Callable[..., None]
) -> None:
    file(f"{website.origin}/list/1")
    later = times.now()
    for number in range(step.TRIES):
        with database.transaction() as tx:
            inbox.claim_waiting(tx, step.PAGES, holder=f"killed {number}", now=later, limit=1)
        later += inbox.CLAIM + timedelta(seconds=1)
    with database.transaction() as tx:
        inbox.put_off(tx, newest(database).id, holder="killed 2", outcome=None, until=times.now())

    collector.do()

    filed = newest(database)
    assert filed.done_at is not None
    assert filed.outcome is not None
    assert filed.outcome.words == step.BROKE_DOWN
    assert website.seen == []


def test_something_asked_of_no_channel_that_needs_one_says_so(database: Database, collector: step.Inbox) -> None:
    with database.transaction() as tx:
        inbox.file(tx, InboxKind.PUSH, channel=None, payload={"url": "http://a.example/"}, who="甲", at=times.now())

    collector.do()

    assert became(newest(database)) is Became.NOT_READ
