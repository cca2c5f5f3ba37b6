"""Put items into clusters: those that pairs of one piece lead to, as far as nobody ruled two of them apart."""

from collections.abc import Callable, Iterable, Sequence

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.understanding.duplicates.rulings import Rulings

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

Pairs = Iterable[tuple[ItemId, ItemId]]


def clusters_of(
    members: Sequence[Item], same: Pairs, rulings: Rulings, *, fresh: Callable[[], ClusterId]
) -> dict[ItemId, ClusterId]:
    """Return the cluster of each of the members: the same, whatever order they were understood in.

    same: the pairs that were found to be one piece; a pair that leads out of the members is left aside. What editors
    ruled goes before. A cluster is called as its earliest member's is now; where that name went to those of an earlier
    one, by a fresh name. Pure but for `fresh`.
    """
    by_age = sorted(members, key=_age)
    together = _together([one.id for one in by_age], same, rulings)
    names: dict[ItemId, ClusterId] = {}
    given: set[ClusterId] = set()
    for one in by_age:
        first = together[one.id]
        if first not in names:  # the earliest of its cluster comes first, so `one` is it
            names[first] = one.cluster if one.cluster not in given else fresh()
            given.add(names[first])
    return {one.id: names[together[one.id]] for one in members}


def _together(items: Sequence[ItemId], same: Pairs, rulings: Rulings) -> dict[ItemId, ItemId]:
    """Return of each item one that stands for all that belong together."""
    leads, held = {item: item for item in items}, {item: {item} for item in items}
    place = {item: number for number, item in enumerate(items)}
    found = {_in_order(one, other, place) for one, other in same if one in place and other in place}
    ruled = {_in_order(one, other, place) for one, other in rulings.same if one in place and other in place}
    # What editors said comes first: it is not to be kept out by what machines found.
    for one, other in [*sorted(ruled), *sorted(found - ruled)]:
        first, second = leads[items[one]], leads[items[other]]
        if first == second or rulings.are_apart(held[first], held[second]):
            continue
        for moved in held[second]:
            leads[moved] = first
        held[first] |= held.pop(second)
    return leads


def _in_order(one: ItemId, other: ItemId, place: dict[ItemId, int]) -> tuple[int, int]:
    return min(place[one], place[other]), max(place[one], place[other])


def _age(item: Item) -> tuple[float, str]:
    return item.created_at.timestamp(), item.id
