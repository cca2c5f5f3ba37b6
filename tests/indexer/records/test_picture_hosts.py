"""indexer.records.picture_hosts: what was refused for its host alone is fetched after all, of the channel asked for."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.base.ids import ChannelId
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.records import picture_hosts, pictures
from indexer.records.database import Database

FOREIGN = Media(kind=MediaKind.IMAGE, url="http://cdn.example/1.jpg")
GONE = Media(kind=MediaKind.IMAGE, url="http://a.example/2.jpg")


@pytest.fixture
def refused(database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    """A piece whose first picture lies elsewhere, and whose second is gone."""
    item = make_item(media=(FOREIGN, GONE))
    with database.transaction() as tx:
        (second,) = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.refuse(tx, [second], PictureRefusal.GONE, holder="a", at=now)
    return item


def test_only_what_was_refused_for_its_host_waits_again_with_all_its_tries(
    database: Database, refused: Item, now: datetime
) -> None:
    with database.transaction() as tx:
        assert picture_hosts.want_foreign(tx, refused.channel) == 1
        again = pictures.claim_waiting(tx, holder="a", now=now, limit=9)

    assert [(use.item, use.url, use.tries) for use in again] == [(refused.id, FOREIGN.url, 1)]


def test_another_channels_pictures_stay_refused(database: Database, refused: Item, now: datetime) -> None:
    with database.transaction() as tx:
        assert picture_hosts.want_foreign(tx, ChannelId("another")) == 0
        assert not pictures.is_waiting(tx, now=now)
