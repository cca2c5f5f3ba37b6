"""indexer.search.newest: the one order in which every engine lists."""

from indexer.base.ids import ClusterId, ItemId
from indexer.search.newest import BITS, MOST_PUBLICATION, order_of
from indexer.search.port import Entry


def number(item: str, publication: int) -> int:
    return order_of(
        Entry(
            item=ItemId(item),
            version=1,
            title="",
            text="",
            unit_name="",
            cluster=ClusterId(item),
            publication=publication,
        )
    )


def test_a_later_publication_comes_first_whatever_the_item() -> None:
    assert all(number("z", later - 1) < number(item, later) for later, item in enumerate("abcdef", start=1))


def test_items_of_one_publication_are_told_apart_and_each_has_one_number() -> None:
    assert len({number(f"i{place}", 7) for place in range(100)}) == 100
    assert number("i1", 7) == number("i1", 7)
    assert number("i1", 7) >> BITS == 7


def test_every_number_is_held_exactly_by_a_float_of_64_bits() -> None:
    greatest = number("i1", 10**30)

    assert greatest >> BITS == MOST_PUBLICATION
    assert int(float(greatest)) == greatest
    assert number("i1", -5) >> BITS == 0
