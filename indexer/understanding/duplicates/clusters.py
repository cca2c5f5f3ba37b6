"""Choose the cluster that an item belongs to."""

from collections.abc import Sequence

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)


def choose_cluster(item: Item, same: Sequence[Item], *, founder: ItemId, fresh: ClusterId) -> ClusterId:
    """Return the cluster of the earliest item that is the same piece.

    founder: the earliest member of the cluster the item stands in now. Where nothing earlier is the same, the founder
    stays, for others joined it; any other leaves for the fresh cluster: its text has changed. Pure.
    """
    earliest = min([item, *same], key=_age)
    if earliest.id != item.id:
        return earliest.cluster
    return item.cluster if founder == item.id else fresh


def followers(item: Item, same: Sequence[Item]) -> list[Item]:
    """Return those of the same piece that are later than the item: they join its cluster, whoever was understood first.

    Pure.
    """
    return [other for other in same if _age(other) > _age(item)]


def _age(item: Item) -> tuple[float, str]:
    return item.created_at.timestamp(), item.id
