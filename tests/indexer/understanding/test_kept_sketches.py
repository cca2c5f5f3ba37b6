"""The sketches that a process keeps from one batch to the next."""

from collections.abc import Callable

import numpy as np
import pytest

from indexer.catalogue.items import Item
from indexer.records import likenesses
from indexer.records.database import Database
from indexer.understanding import kept_sketches
from indexer.understanding.duplicates.sketches import FORM, Sketch
from indexer.understanding.kept_sketches import KeptSketches

EAST, NORTH = np.arange(10, dtype=np.uint32), np.arange(50, 60, dtype=np.uint32)


def save(database: Database, item: Item, sketch: Sketch, *, form: int = FORM) -> None:
    with database.transaction() as tx:
        likenesses.replace(tx, item.id, (), sketch=sketch.tobytes(), form=form)


def test_what_another_process_wrote_is_known_from_the_next_batch_on(
    database: Database, make_item: Callable[..., Item]
) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html")
    kept, seen = KeptSketches(likenesses.sketches, FORM), list[list[str]]()
    for item, sketch in [(first, EAST), (second, EAST), (first, NORTH), (second, NORTH)]:
        save(database, item, sketch)
        seen.append(sorted(kept.up_to_date(database).nearest(EAST, but=second.id)))

    assert seen == [[first.id], [first.id], [], []]
    assert sorted(kept.up_to_date(database).nearest(NORTH, but=second.id)) == [first.id]


def test_sketches_are_read_page_by_page(
    database: Database, make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_sketches, "READ_AT_ONCE", 2)
    items = [make_item(url=f"http://a.example/{number}.html") for number in range(5)]
    for item in items:
        save(database, item, EAST)

    known = KeptSketches(likenesses.sketches, FORM).up_to_date(database)
    assert known.nearest(EAST, but=items[0].id) == [item.id for item in items[1:]]


def test_a_sketch_of_another_form_is_not_compared(database: Database, make_item: Callable[..., Item]) -> None:
    item, other = make_item(), make_item(url="http://a.example/2.html")
    save(database, item, EAST, form=FORM - 1)

    assert KeptSketches(likenesses.sketches, FORM).up_to_date(database).nearest(EAST, but=other.id) == []


def test_each_database_has_sketches_of_its_own(
    database: Database, make_records: Callable[..., str], make_item: Callable[..., Item]
) -> None:
    item, other = make_item(), make_item(url="http://a.example/2.html")
    kept = KeptSketches(likenesses.sketches, FORM)
    save(database, item, EAST)
    empty = Database.open(make_records())

    known, nothing = kept.up_to_date(database), kept.up_to_date(empty)
    empty.close()

    assert known.nearest(EAST, but=other.id) == [item.id]
    assert nothing.nearest(EAST, but=other.id) == []
