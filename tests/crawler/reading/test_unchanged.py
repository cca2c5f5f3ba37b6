"""crawler.reading.unchanged: a site that says wrongly that its list has not changed (304) is found out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.exchange import Answer, Ask
from crawler.reading.channel import ChannelReader
from crawler.reading.taking import Taking
from crawler.reading.unchanged import FULL_EVERY, Unchanged
from indexer.records.attempts import LastList
from indexer.records.database import Database
from indexer.records.reads import NONE_KEPT, Validators
from indexer.whitelist.records import Channel
from tests.simulators.answers import NOW, Here

KEPT: Validators = ('"1"', None)
LIST = "http://a.example/list/"
PAGE = '<ul class="list">{}</ul>'
ROW = '<li><a href="/art/{0}.html">月球车的第{0}个夜晚怎么过</a><span>2026-09-{0:02}</span></li>'


def page(*numbers: int) -> bytes:
    return PAGE.format("".join(ROW.format(number) for number in numbers)).encode()


class Site:
    """Answers what is asked without validators with its list; to others it says what `word` says: 304, or the list."""

    def __init__(self, body: bytes, *, honest: list[bool]) -> None:
        self.body, self.honest, self.asked = body, honest, list[tuple[str, bool]]()

    async def fetch(self, _channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        self.asked.append((ask.url, any(validators)))
        if any(validators) and not (self.honest and self.honest.pop(0)):
            return None
        body = self.body if ask.url == LIST else b"<html></html>"
        return Answer(url=ask.url, body=body, headers={"content-type": "text/html; charset=utf-8", "etag": '"2"'})


def read(database: Database, channel: Channel, site: Site, last: LastList | None) -> ChannelReader:
    listed = replace(channel, source="site", address=LIST, hosts=("a.example",))
    reader = ChannelReader(
        channel=listed,
        database=database,
        fetch=site.fetch,
        pool=Here(),
        clock=lambda: NOW,
        taking=Taking(database, clock=lambda: NOW),
        known={LIST: KEPT},
        last=last,
    )
    asyncio.run(reader.read())
    return reader


@pytest.fixture
def digest(database: Database, channel: Channel) -> str:
    """Of the list with three articles, as it was read whole."""
    reader = read(database, channel, Site(page(1, 2, 3), honest=[True]), None)
    found = reader.result.listing.digest
    assert found is not None, reader.result.error
    return found


def test_within_a_day_the_word_of_a_site_counts(database: Database, channel: Channel, digest: str) -> None:
    site = Site(page(1, 2, 3, 4), honest=[])

    reader = read(database, channel, site, LastList(at=NOW - FULL_EVERY + timedelta(minutes=1), digest=digest))

    assert (reader.result.unchanged, reader.result.listing.digest) == (1, None)
    assert site.asked == [(LIST, True)]


def test_once_a_day_the_list_is_read_whole_and_an_honest_site_is_believed(
    database: Database, channel: Channel, digest: str
) -> None:
    site = Site(page(1, 2, 3), honest=[])

    reader = read(database, channel, site, LastList(at=NOW - FULL_EVERY, digest=digest))

    assert (reader.result.is_lying, reader.result.listing.digest) == (False, digest)
    assert site.asked[:2] == [(LIST, True), (LIST, False)]


def test_a_list_that_changed_behind_a_304_is_read_and_said(database: Database, channel: Channel, digest: str) -> None:
    site = Site(page(1, 2, 3, 4), honest=[])

    reader = read(database, channel, site, LastList(at=NOW - FULL_EVERY, digest=digest))

    assert reader.result.is_lying
    assert len(reader.result.listing.pieces or ()) == 4
    assert "http://a.example/art/4.html" in {url for url, _ in site.asked}
    assert reader.kept.get(LIST) == NONE_KEPT
    assert [each for each in site.asked if each[0] == LIST] == [(LIST, True), (LIST, False), (LIST, True)]


def test_one_that_changed_between_the_two_requests_is_no_lie(database: Database, channel: Channel, digest: str) -> None:
    site = Site(page(1, 2, 3, 4), honest=[False, True])

    reader = read(database, channel, site, LastList(at=NOW - FULL_EVERY, digest=digest))

    assert not reader.result.is_lying


def test_a_list_that_was_never_read_whole_is_not_checked() -> None:
    assert not Unchanged(None, now=NOW).is_due()
