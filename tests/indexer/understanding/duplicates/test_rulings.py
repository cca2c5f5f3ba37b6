"""What editors said of pairs of items."""

from datetime import UTC, datetime

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.rulings import Ruling, Rulings, in_order

A, B, C = map(ItemId, "abc")


def ruling(one: ItemId, other: ItemId, *, is_same: bool) -> Ruling:
    at = datetime(2026, 9, 17, tzinfo=UTC)
    return Ruling(item=one, other=other, is_same=is_same, who="示例", actor_kind=None, actor_id=None, at=at)


def test_a_pair_is_named_by_the_lower_id_first() -> None:
    assert in_order(B, A) == in_order(A, B) == (A, B)


def test_two_sets_are_apart_where_one_of_each_was_ruled_so_whichever_is_asked_first() -> None:
    rulings = Rulings([ruling(A, B, is_same=False), ruling(A, C, is_same=True)])

    assert rulings.same == [(A, C)]
    assert rulings.are_apart({A, C}, {B})
    assert rulings.are_apart({B}, {A, C})
    assert not rulings.are_apart({A}, {C})
    assert not rulings.are_apart(set(), {A, B})
