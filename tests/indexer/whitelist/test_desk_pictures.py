"""indexer.whitelist.desk: another host of a channel lets its pictures in that were refused before."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.records import pictures
from indexer.records.database import Database
from indexer.whitelist.diff import Comparison

MEDIA = (
    Media(kind=MediaKind.IMAGE, url="http://b.example/1.jpg"),
    Media(kind=MediaKind.IMAGE, url="http://a.example/2.jpg"),
)
WITH_HOSTS = """units:
  - id: unit-a
    name: 示例科技馆
    short_name: 示例馆
    system: 科技馆之城
    district: 全市
    channels:
      - {id: channel-a, kind: site, source: feed, address: "http://a.example/feed.xml", hosts: [%s]}
"""


@pytest.fixture
def item(database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    """Its first picture lies on a host that is not registered, its second is gone."""
    made = make_item(media=MEDIA)
    with database.transaction() as tx:
        (gone,) = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.refuse(tx, [gone], PictureRefusal.GONE, holder="a", at=now)
    return made


@pytest.mark.parametrize(("hosts", "wanted"), [("a.example, b.example", [(0, 1)]), ("a.example", [])])
def test_pictures_of_a_host_are_fetched_once_it_is_registered(
    database: Database,
    item: Item,
    take: Callable[..., Comparison],
    now: datetime,
    hosts: str,
    wanted: list[tuple[int, int]],
) -> None:
    take(WITH_HOSTS % hosts, approve=True)

    with database.transaction() as tx:
        claimed = pictures.claim_waiting(tx, holder="b", now=now, limit=9)
    assert [(use.position, use.tries) for use in claimed] == wanted
