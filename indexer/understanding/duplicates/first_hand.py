"""Leave out what a text is alike only by way of a nearer one.

Two reports of one event are not alike, but a copy of the one that was cut, or retitled, may lack just what tells them
apart. What it shares with the other report it has from its own original: where that one is known, it decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.near import Alike, Relation, compare, held_letters
from indexer.understanding.duplicates.pieces import Piece

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

NEARER = 0.05  # of the text, by which the nearer one holds more of it
EXPLAINED = 0.9  # of what the other one holds of the text, what the nearer one holds too


@dataclass(frozen=True, slots=True)
class Compared:
    """Another item, its words, and how a text is alike it: compare(text, piece)."""

    item: ItemId
    piece: Piece
    alike: Alike

    @property
    def share(self) -> float:
        """Of the text's letters, what stands in the other."""
        found = self.alike.likeness
        return found.other_share if self.alike.swapped else found.share


def first_hand(text: Piece, found: Sequence[Compared]) -> list[Compared]:
    """Return those that the text is alike by itself, in their order.

    Left out is one that is told the same piece, where another one holds more of the text and nearly all that this one
    holds, and is itself not alike this one. Parts stay: an excerpt is part of every text that holds it. Pure.
    """
    kept: list[Compared] = []
    for one in sorted(found, key=lambda each: -each.share):
        is_same = one.alike.likeness.relation is Relation.SAME
        if not (is_same and any(_is_by_way_of(nearer, text, one) for nearer in kept)):
            kept.append(one)
    left = {one.item for one in kept}
    return [one for one in found if one.item in left]


def _is_by_way_of(nearer: Compared, text: Piece, one: Compared) -> bool:
    if nearer.share < one.share + NEARER:
        return False
    held = held_letters(text, one.piece)
    in_both = held & held_letters(text, nearer.piece)
    return in_both.sum() >= EXPLAINED * held.sum() and compare(nearer.piece, one.piece) is None
