"""A use case that another one came before is tried again, and not for ever."""

from collections.abc import Callable, Sequence
from threading import Barrier

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.records import items
from indexer.records.database import Database
from indexer.records.errors import RecordsContended
from indexer.records.retries import TRIES, again_if_contended
from tests.at_once import at_once


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_of_two_that_wait_for_each_other_both_come_to_their_end(
    database: Database, make_item: Callable[..., Item]
) -> None:
    first, second = make_item().id, make_item(url="http://a.example/2.html").id
    tries, both_hold_one = list[str](), Barrier(2)

    @again_if_contended
    def lock_both(name: str, order: Sequence[ItemId]) -> str:
        tries.append(name)
        with database.transaction() as tx:
            items.lock(tx, order[0])
            if tries.count(name) == 1:
                both_hold_one.wait()
            items.lock(tx, order[1])
        return name

    done = at_once(lambda: lock_both("a", [first, second]), lambda: lock_both("b", [second, first]))

    assert done == ["a", "b"]
    # Whoever was refused may lock the first again before the other wakes up, and be waited for once more.
    assert 3 <= len(tries) < 2 * TRIES


def test_it_is_given_up_after_some_tries() -> None:
    tries = []

    @again_if_contended
    def never() -> None:
        tries.append(1)
        raise RecordsContended("Another one came first.")

    with pytest.raises(RecordsContended, match="came first"):
        never()

    assert len(tries) == TRIES
