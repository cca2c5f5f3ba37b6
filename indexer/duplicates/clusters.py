"""Which cluster an item belongs to."""

from collections.abc import Sequence

from indexer.items import ClusterId, Item, ItemId


def choose_cluster(item: Item, same: Sequence[Item], *, founder: ItemId, fresh: ClusterId) -> ClusterId:
    """Return the cluster of the earliest item that is the same piece.

    founder: the earliest member of the cluster the item stands in now. Where nothing earlier is the same, the founder
    stays, for others joined it; any other leaves for the fresh cluster: its text has changed. Pure.
    """
    earliest = min([item, *same], key=_age)
    if earliest.id != item.id:
        return earliest.cluster
    return item.cluster if founder == item.id else fresh


def _age(item: Item) -> tuple[float, str]:
    return item.created_at.timestamp(), item.id
