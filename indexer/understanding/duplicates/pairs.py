"""Two items that are alike, as the records keep it and the review page shows it: which pair, what told it, where."""

from dataclasses import dataclass

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.near import Alike, Layer, Relation

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An item that is the same piece as another, earlier one; or that is part of another one, whichever was earlier.

    share: of the item's letters that stand in the other, 0 to 1; other_share: the other way round. passage: the longest
    run of letters that both hold, as one of the two writes it.
    """

    item: ItemId
    other: ItemId
    relation: Relation
    layer: Layer
    share: float
    other_share: float
    passage: str


def pair_of(one: ItemId, other: ItemId, alike: Alike) -> Pair:
    """Return the pair of two items whose texts were compared in this order; later ids are later items. Pure."""
    first, second = (other, one) if alike.swapped else (one, other)
    found = alike.likeness
    share, other_share = found.share, found.other_share
    if found.relation is Relation.SAME and first < second:
        first, second, share, other_share = second, first, other_share, share
    return Pair(
        item=first,
        other=second,
        relation=found.relation,
        layer=found.layer,
        share=share,
        other_share=other_share,
        passage=found.passage,
    )
