"""Clusters: which items are the same piece."""

from collections.abc import Iterable

from sqlalchemy import bindparam, case, func, select, update

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.records.database import Transaction
from indexer.records.items import CLUSTERS, ITEMS
from indexer.records.mapping import record_of
from indexer.records.upserts import insert_unless_there

_own = ITEMS.alias("own")
_LOCKED = (
    select(ITEMS)
    .where(ITEMS.c.cluster.in_(select(_own.c.cluster).where(_own.c.id.in_(bindparam("items", expanding=True)))))
    .order_by(ITEMS.c.id)
    .with_for_update(of=ITEMS, key_share=True)
)
_WEIGHT = case(
    (ITEMS.c.latest == bindparam("of_version"), bindparam("weighs", type_=ITEMS.c.findings_weight.type)),
    else_=ITEMS.c.findings_weight,
)
_SETTLED = update(ITEMS).where(ITEMS.c.id == bindparam("of")).values(cluster=bindparam("into"), findings_weight=_WEIGHT)


def members(tx: Transaction, cluster: ClusterId) -> list[Item]:
    """Return the items that are the same piece, oldest first."""
    query = select(ITEMS).where(ITEMS.c.cluster == cluster).order_by(ITEMS.c.id)
    return [record_of(Item, row, ITEMS) for row in tx.rows(query)]


def locked(tx: Transaction, items: Iterable[ItemId]) -> dict[ClusterId, list[Item]]:
    """Return the clusters of the items, each oldest item first, as they are and, as by `items.lock`, stay.

    Who asks has the turn of the clusters: nobody joins or leaves meanwhile.
    """
    found: dict[ClusterId, list[Item]] = {}
    for row in tx.rows(_LOCKED, {"items": list(items)}):
        found.setdefault(row[ITEMS.c.cluster], []).append(record_of(Item, row, ITEMS))
    return found


def move(tx: Transaction, item: ItemId, cluster: ClusterId) -> None:
    """Move an item into a cluster, made where it is new."""
    make(tx, cluster)
    tx.change(update(ITEMS).where(ITEMS.c.id == item).values(cluster=cluster))


def settle(tx: Transaction, item: ItemId, version: int, *, cluster: ClusterId, findings_weight: int) -> None:
    """Move an item into a cluster that there is, and keep what the findings of its newest version weigh."""
    tx.change(_SETTLED, {"of": item, "into": cluster, "of_version": version, "weighs": findings_weight})


def make(tx: Transaction, cluster: ClusterId) -> None:
    """Make a cluster unless there is one of this id."""
    insert_unless_there(tx, CLUSTERS, key="id", values={"id": cluster})


def sizes(tx: Transaction, clusters: Iterable[ClusterId]) -> dict[ClusterId, int]:
    """Return how many items each of the clusters has, in one query."""
    c, size = ITEMS.c, func.count().label("size")
    query = select(c.cluster, size).where(c.cluster.in_(set(clusters))).group_by(c.cluster)
    return {row[c.cluster]: int(row["size"]) for row in tx.rows(query)}
