"""What was refused stays as it was written, under a number of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.troubles import RefusalReason, Trouble, refusal
from indexer.records import refusals
from indexer.records.database import Database
from indexer.whitelist.records import Channel

HOUR = timedelta(hours=1)
Add = Callable[..., int]


@pytest.fixture
def add(database: Database, channel: Channel, now: datetime) -> Add:
    """File a refusal of the channel, and give its number."""

    def file(
        status: int = 404, *, url: str = "http://a.example/1", later: timedelta = HOUR * 0, title: str = ""
    ) -> int:
        trouble = Trouble(reason=RefusalReason.BAD_STATUS, facts={"status": str(status), "url": url})
        one = refusal(trouble, channel=channel.id, unit=channel.unit, url=url, title=title, at=now + later)
        with database.transaction() as tx:
            return refusals.add(tx, one)

    return file


def test_the_same_refusal_again_counts_up_and_keeps_its_words(database: Database, add: Add, now: datetime) -> None:
    numbers = {add(), add(later=HOUR), add(later=HOUR * 48)}

    with database.reading() as tx:
        (row,) = refusals.recent(tx)
    assert numbers == {row.number}
    assert (row.times, row.at, row.last_at) == (3, now, now + HOUR * 48)


def test_other_words_are_another_row_and_the_older_one_is_found_by_its_number(database: Database, add: Add) -> None:
    first, second, third = add(404), add(410, later=HOUR), add(410, title="另一个题目", later=HOUR * 2)

    with database.reading() as tx:
        kept = refusals.by_number(tx, first)
        listed = [row.number for row in refusals.recent(tx)]
        assert refusals.by_number(tx, third + 1) is None
    assert kept is not None
    assert "404" in kept.message
    assert listed == [third]
    assert len({first, second, third}) == 3


def test_the_last_met_comes_first_and_each_address_once(database: Database, channel: Channel, add: Add) -> None:
    one, _, two = add(), add(410, later=HOUR), add(url="http://a.example/2", later=HOUR * 2)
    add(404, later=HOUR * 3)  # the first words again: their row is the newest of the address

    with database.reading() as tx:
        assert [row.number for row in refusals.recent(tx, unit=channel.unit)] == [one, two]
        assert [row.number for row in refusals.recent(tx, channel=channel.id, limit=1)] == [one]
        assert refusals.recent(tx, channel="other") == []


def test_fifty_reads_of_a_page_that_fails_leave_one_row(database: Database, add: Add) -> None:
    for number in range(50):
        add(503, later=HOUR * number)

    with database.reading() as tx:
        assert refusals.counts(tx) == {RefusalReason.BAD_STATUS: 1}


def test_facts_come_back_and_make_the_words(database: Database, add: Add) -> None:
    add()

    with database.reading() as tx:
        (row,) = refusals.recent(tx)
    assert row.facts is not None
    assert str(Trouble(reason=row.reason, facts=row.facts)) == row.message


def test_the_newest_words_of_each_address_are_told(database: Database, channel: Channel, add: Add) -> None:
    add()
    add(410, later=HOUR)
    add(url="http://a.example/2", later=HOUR)

    with database.reading() as tx:
        urls = ["http://a.example/2", refusals.recent(tx)[1].url, "http://b.example/"]
        told = refusals.newest_of(tx, [*((channel.id, url) for url in urls), ("another", urls[0])])
        newest = {(channel.id, row.url): row.message for row in refusals.recent(tx)}
    assert told == newest


@pytest.mark.parametrize(("since", "is_refused"), [(-HOUR, True), (HOUR, False)])
def test_what_was_refused_since_then_is_told_but_for_some_reasons(
    database: Database, channel: Channel, add: Add, since: timedelta, is_refused: bool
) -> None:
    add()

    with database.reading() as tx:
        [row] = refusals.recent(tx)
        urls, then = [row.url, "http://b.example/"], row.last_at + since
        found = refusals.refused_since(tx, channel.id, urls, since=then)
        others = refusals.refused_since(tx, channel.id, urls, since=then, but=[row.reason])
    assert (found, others) == ({row.url} if is_refused else set(), set())
