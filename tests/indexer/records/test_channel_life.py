"""indexer.records.channel_life: when the pieces of channels came out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from indexer.base.ids import ChannelId
from indexer.base.times import Published
from indexer.catalogue.items import Item
from indexer.records import channel_life
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)  # when `make_item` collects


def test_a_piece_came_out_when_its_source_says_and_else_when_it_came_here(
    database: Database, channel: Channel, make_item: Callable[..., Item]
) -> None:
    said = NOW - timedelta(days=5)
    make_item(url="http://a.example/1.html", published=Published(at=said, is_day=False))
    make_item(url="http://a.example/2.html")

    with database.reading() as tx:
        found = channel_life.published(tx, [channel.id, ChannelId("none")], since=NOW - timedelta(days=9))

    assert {name: sorted(times) for name, times in found.items()} == {channel.id: [said, NOW]}


def test_what_came_out_earlier_is_left_out(
    database: Database, channel: Channel, make_item: Callable[..., Item]
) -> None:
    make_item(published=Published(at=NOW - timedelta(days=9), is_day=False))

    with database.reading() as tx:
        assert channel_life.published(tx, [channel.id], since=NOW - timedelta(days=8)) == {}
