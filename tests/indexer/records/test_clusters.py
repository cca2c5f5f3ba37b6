"""indexer.records.clusters: items that are the same piece are found, counted and moved together."""

from collections.abc import Callable

import pytest

from indexer.base.ids import ClusterId
from indexer.catalogue.items import Item
from indexer.records import clusters, items
from indexer.records.database import Database

NEW = ClusterId("new")


@pytest.fixture
def two(make_item: Callable[..., Item]) -> tuple[Item, Item]:
    return make_item(), make_item(url="http://a.example/art/2.html")


def test_items_of_one_cluster_are_found_together(database: Database, two: tuple[Item, Item]) -> None:
    first, second = two

    with database.transaction() as tx:
        clusters.move(tx, second.id, first.cluster)
        clusters.move(tx, first.id, NEW)
        clusters.move(tx, second.id, NEW)

    with database.reading() as tx:
        assert [one.id for one in clusters.members(tx, NEW)] == [first.id, second.id]
        assert clusters.members(tx, first.cluster) == []


def test_the_clusters_of_some_items_come_whole(database: Database, two: tuple[Item, Item]) -> None:
    first, second = two
    with database.transaction() as tx:
        apart = clusters.locked(tx, [second.id])
        clusters.move(tx, second.id, first.cluster)

    with database.transaction() as tx:
        together = clusters.locked(tx, [second.id])

    assert {cluster: [one.id for one in some] for cluster, some in apart.items()} == {second.cluster: [second.id]}
    assert {cluster: [one.id for one in some] for cluster, some in together.items()} == {
        first.cluster: [first.id, second.id]
    }


def test_a_cluster_counts_its_items_and_an_empty_one_is_left_out(database: Database, two: tuple[Item, Item]) -> None:
    first, second = two

    with database.transaction() as tx:
        clusters.make(tx, NEW)
        clusters.make(tx, NEW)
        clusters.move(tx, second.id, first.cluster)

    with database.reading() as tx:
        assert clusters.sizes(tx, [first.cluster, second.cluster, NEW]) == {first.cluster: 2}


@pytest.mark.parametrize(("version", "weight"), [(1, 7), (2, 0)], ids=["the newest version", "another version"])
def test_what_is_settled_weighs_what_its_newest_version_does(
    database: Database, two: tuple[Item, Item], version: int, weight: int
) -> None:
    first, second = two

    with database.transaction() as tx:
        clusters.settle(tx, second.id, version, cluster=first.cluster, findings_weight=7)

    with database.reading() as tx:
        found = tx.rows(items.ITEMS.select().order_by(items.ITEMS.c.id))
    assert [(row["cluster"], row["findings_weight"]) for row in found] == [(first.cluster, 0), (first.cluster, weight)]
