"""Two items that are alike, in the order in which they are kept."""

import pytest

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.near import Alike, Layer, Likeness, Relation
from indexer.understanding.duplicates.pairs import pair_of


@pytest.mark.parametrize(
    ("relation", "one", "other", "swapped", "kept"),
    [
        (Relation.SAME, "b", "a", False, ("b", "a", 0.9, 0.5)),
        (Relation.SAME, "a", "b", False, ("b", "a", 0.5, 0.9)),
        (Relation.SAME, "a", "b", True, ("b", "a", 0.9, 0.5)),
        (Relation.PART, "a", "b", False, ("a", "b", 0.9, 0.5)),
        (Relation.PART, "a", "b", True, ("b", "a", 0.9, 0.5)),
    ],
)
def test_the_later_copy_and_the_part_come_first(
    relation: Relation, one: str, other: str, swapped: bool, kept: tuple[str, str, float, float]
) -> None:
    found = Likeness(relation=relation, layer=Layer.RUNS, share=0.9, other_share=0.5, passage="月球")

    pair = pair_of(ItemId(one), ItemId(other), Alike(found, swapped))

    assert (pair.item, pair.other, pair.share, pair.other_share) == kept
    assert (pair.relation, pair.layer, pair.passage) == (relation, Layer.RUNS, "月球")
