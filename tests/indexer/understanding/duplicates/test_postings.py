"""Which items share runs with a text."""

import numpy as np
import pytest

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.postings import MOST_HOLDERS, NEAREST, WAITING_ITEMS, KnownSketches
from indexer.understanding.duplicates.sketches import Sketch

SELF = ItemId("self")


def runs(*numbers: int) -> Sketch:
    return np.array(numbers, dtype=np.uint32)


def known(*sketches: tuple[str, Sketch]) -> KnownSketches:
    return KnownSketches((ItemId(name), sketch.tobytes()) for name, sketch in sketches)


def many(first: int) -> Sketch:
    return np.arange(first, first + 10, dtype=np.uint32)


def test_what_shares_most_comes_first_and_the_item_itself_is_left_out() -> None:
    found = known(("self", many(0)), ("far", many(7)), ("near", many(1)), ("other", many(50)))

    assert found.nearest(many(0), but=SELF) == ["near", "far"]


@pytest.mark.parametrize(("first", "near"), [(8, ["a"]), (9, [])])
def test_one_run_alone_is_chance(first: int, near: list[str]) -> None:
    assert known(("a", many(first))).nearest(many(0), but=SELF) == near


def test_of_a_short_text_one_run_is_enough() -> None:
    assert known(("a", many(0))).nearest(runs(3), but=SELF) == ["a"]


def test_a_run_counts_the_more_the_fewer_items_hold_it() -> None:
    template = [(f"t{number}", np.concatenate((many(0), many(100 + 10 * number)))) for number in range(30)]
    found = known(*template, ("copy", np.concatenate((runs(0, 1, 2), many(5000)))))

    assert found.nearest(np.concatenate((many(0), many(5000))), but=SELF)[0] == "copy"


def test_no_more_than_the_nearest_are_given_the_first_of_many_copies() -> None:
    found = known(*((f"i{number:03}", many(0)) for number in range(MOST_HOLDERS + 9)))

    assert found.nearest(many(0), but=SELF) == [f"i{number:03}" for number in range(NEAREST)]


@pytest.mark.parametrize("count", [WAITING_ITEMS - 1, WAITING_ITEMS, 5 * WAITING_ITEMS + 1])
def test_every_item_is_known_however_many_came(count: int) -> None:
    found = known(*((f"i{number}", many(10 * number)) for number in range(count)))

    assert len(found) == count
    assert [found.nearest(many(10 * number), but=SELF) for number in (0, count - 1)] == [["i0"], [f"i{count - 1}"]]
    assert found.size_bytes == count * 10 * 8


def test_an_items_older_sketch_is_replaced() -> None:
    found = known(("a", many(0)), ("b", many(20)))
    found.add(ItemId("a"), many(40))

    assert found.nearest(many(0), but=SELF) == []
    assert found.nearest(many(40), but=SELF) == ["a"]
    assert len(found) == 2


def test_a_sketch_that_comes_again_takes_no_more_room() -> None:
    found = known(("a", many(0)))
    found.add(ItemId("a"), many(0))

    assert found.size_bytes == 10 * 8


def test_the_last_number_of_all_is_a_run_like_others() -> None:
    assert known(("a", runs(2**32 - 1, 0))).nearest(runs(2**32 - 1, 0), but=SELF) == ["a"]


def test_nothing_is_near_where_nothing_is_known_or_asked() -> None:
    assert known().nearest(many(0), but=SELF) == []
    assert known(("a", runs())).nearest(runs(), but=SELF) == []
