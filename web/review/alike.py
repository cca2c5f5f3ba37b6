"""What an item is alike: the other items of its cluster, and those that it is part of or that are part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.items import Item
from indexer.records import channels, clusters, items, likenesses, related
from indexer.records.database import Transaction
from indexer.records.review_queue import QueueEntry
from indexer.review.records import State
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair
from indexer.understanding.related.score import Related
from indexer.whitelist.records import Unit

RELATED = 8  # shown of them, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another item, and why it stands here.

    percent: of the words of whichever of the two the other holds most. passage: what both hold. through: the item by
    which the two belong together where they were not found alike themselves; all are empty where the reason was not
    kept. is_part: one of the two is part of the other; is_whole: and that is this one.
    words: rare words that both begin with, of a related one, whose percent is how likely it is one.
    """

    id: ItemId
    unit_name: str
    state: State
    percent: int | None = None
    is_equal: bool = False
    is_film: bool = False
    is_cover: bool = False
    passage: str = ""
    through: ItemId | None = None
    is_part: bool = False
    is_whole: bool = False
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """same: the other items of the cluster. parts: items of which one is part of the other; they hide nothing.

    related: of the same event or story in other words; they hide nothing either.
    """

    same: Sequence[Other]
    parts: Sequence[Other]
    related: Sequence[Other] = ()


def alike(tx: Transaction, entry: QueueEntry) -> Alike:
    """Return what an item is alike, each with its reason."""
    shown = entry.item.id
    members = clusters.members(tx, entry.item.cluster) if entry.cluster_size > 1 else []
    pairs = likenesses.touching(tx, [shown, *(one.id for one in members if one.id != shown)])
    parts = {other_of(pair, shown): pair for pair in pairs if _is_part_with(pair, shown)}
    joined = {one.id for one in members} | {shown}
    events = _related(tx, shown, known=joined | set(parts))
    found = items.some_items(tx, [*parts, *events]) if parts or events else {}
    every = [*(one for one in members if one.id != shown), *found.values()]
    units = channels.units_by_id(tx, (one.unit for one in every)) if every else {}
    same = [_same(one, shown, pairs, joined, units) for one in members if one.id != shown]
    return Alike(
        same=same,
        parts=[_other(found[key], units, parts[key], shown=shown) for key in parts if key in found],
        related=[
            Other(
                id=key,
                unit_name=units[found[key].unit].short_name,
                state=found[key].state,
                percent=round(100 * event.score),
                words=event.words,
            )
            for key, event in events.items()
            if key in found
        ],
    )


def _related(tx: Transaction, shown: ItemId, *, known: set[ItemId]) -> dict[ItemId, Related]:
    """The items of the same event by their ids, likeliest first, without those that stand here as a copy or a part."""
    pairs = related.touching(tx, shown, limit=RELATED + len(known))
    events = {(pair.other if pair.item == shown else pair.item): pair for pair in pairs}
    return dict([(key, event) for key, event in events.items() if key not in known][:RELATED])


def other_of(pair: Pair, item: ItemId) -> ItemId:
    """Return the item of a pair that is not this one."""
    return pair.other if pair.item == item else pair.item


def _is_part_with(pair: Pair, shown: ItemId) -> bool:
    return pair.relation is Relation.PART and shown in (pair.item, pair.other)


def _same(one: Item, shown: ItemId, pairs: Sequence[Pair], joined: set[ItemId], units: Mapping[UnitId, Unit]) -> Other:
    """An item of the cluster with the pair that joins it: with the shown one if there is such, else with another."""
    of_one = [pair for pair in pairs if pair.relation is Relation.SAME and one.id in (pair.item, pair.other)]
    direct = [pair for pair in of_one if shown in (pair.item, pair.other)]
    through = [pair for pair in of_one if other_of(pair, one.id) in joined]
    if direct:
        return _other(one, units, direct[0], shown=shown)
    if through:
        return _other(one, units, through[0], shown=shown, through=other_of(through[0], one.id))
    return Other(id=one.id, unit_name=units[one.unit].short_name, state=one.state)


def _other(
    one: Item, units: Mapping[UnitId, Unit], pair: Pair, *, shown: ItemId, through: ItemId | None = None
) -> Other:
    return Other(
        id=one.id,
        unit_name=units[one.unit].short_name,
        state=one.state,
        percent=round(100 * max(pair.share, pair.other_share)),
        is_equal=pair.layer is Layer.EQUAL,
        is_film=pair.layer is Layer.FILM,
        is_cover=pair.layer is Layer.COVER,
        passage=pair.passage,
        through=through,
        is_part=pair.relation is Relation.PART,
        is_whole=pair.relation is Relation.PART and pair.item == shown,
    )
