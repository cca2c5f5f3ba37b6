"""The cluster an item joins."""

from datetime import UTC, datetime, timedelta

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.items import Item, ItemKind
from indexer.review.records import State
from indexer.understanding.duplicates.clusters import choose_cluster

FRESH = ClusterId("fresh")


def item(name: str, *, hour: int, cluster: str) -> Item:
    return Item(
        id=ItemId(name),
        unit=UnitId("u"),
        channel=ChannelId("c"),
        key=name,
        kind=ItemKind.ARTICLE,
        state=State.PENDING,
        latest=1,
        public=None,
        cluster=ClusterId(cluster),
        created_at=datetime(2026, 9, 17, tzinfo=UTC) + timedelta(hours=hour),
    )


def test_a_repost_joins_the_cluster_of_the_earliest() -> None:
    first, second = item("a", hour=1, cluster="x"), item("b", hour=2, cluster="y")
    late = item("c", hour=3, cluster="z")

    assert choose_cluster(late, [second, first], founder=late.id, fresh=FRESH) == "x"


def test_the_founder_stays_when_others_joined_it() -> None:
    first, second = item("a", hour=1, cluster="x"), item("b", hour=2, cluster="x")

    assert choose_cluster(first, [second], founder=first.id, fresh=FRESH) == "x"


def test_an_item_alone_stays_in_its_own_cluster() -> None:
    alone = item("a", hour=1, cluster="x")

    assert choose_cluster(alone, [], founder=alone.id, fresh=FRESH) == "x"


def test_a_member_whose_text_became_another_leaves() -> None:
    changed = item("b", hour=2, cluster="x")

    assert choose_cluster(changed, [], founder=ItemId("a"), fresh=FRESH) == FRESH
