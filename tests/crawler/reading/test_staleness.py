"""crawler.reading.staleness: a list that came and whose newest piece is too old."""

from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from config.words import ChannelKind
from crawler.exchange import Note
from crawler.reading.staleness import staleness
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.answers import NOW, TEXT, Web, run

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    "note",
    [
        Note(why=""),
        Note(why="", newest=NOW - 2 * WEEK),
        Note(why="", stale_after=WEEK),
        Note(why="", newest=NOW - WEEK, stale_after=WEEK),
        Note(why="", newest=NOW + WEEK, stale_after=WEEK),
    ],
)
def test_a_list_that_is_new_enough_or_says_nothing_of_it_is_fine(note: Note) -> None:
    assert staleness([note], now=NOW) is None


def test_a_list_that_stands_still_is_told_with_the_day_since_when() -> None:
    trouble = staleness([Note(why="", newest=NOW - WEEK - timedelta(seconds=1), stale_after=WEEK)], now=NOW)

    assert trouble is not None
    assert trouble.case == "stale"
    assert trouble.facts["day"] in str(trouble)


def bridge_feed(at: datetime) -> str:
    """A bridge's feed of one whole article that was published then."""
    entry = f"<title>月球车如何过夜</title><link>https://mp.weixin.qq.com/s/a</link><pubDate>{format_datetime(at)}</pubDate>"
    return f"<rss version='2.0'><channel><item>{entry}<description>{TEXT}</description></item></channel></rss>"


@pytest.mark.parametrize(("age", "case"), [(timedelta(days=1), ""), (timedelta(days=30), "stale")])
def test_a_bridge_that_stands_still_is_read_and_told_and_is_no_failure(
    database: Database, channel: Channel, age: timedelta, case: str
) -> None:
    bridged = replace(channel, kind=ChannelKind.WECHAT, source="bridge", address="https://bridge.example/1.xml")
    with database.transaction() as tx:
        channels.save_channel(tx, bridged)

    result = run(database, bridged, Web({"https://bridge.example/1.xml": bridge_feed(NOW - age)}))

    assert (result.new, result.error) == (1, None)
    assert (result.trouble.case if result.trouble else "") == case
