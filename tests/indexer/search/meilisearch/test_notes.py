"""indexer.search.meilisearch.notes: what is noted while an index is built."""

from collections.abc import Iterator

import pytest

from indexer.base.ids import ItemId
from indexer.search.meilisearch.indexes import Indexes
from indexer.search.meilisearch.notes import Notes
from tests.simulators.meilisearch import MeilisearchSimulator


@pytest.fixture
def notes() -> Iterator[Notes]:
    with MeilisearchSimulator() as url:
        yield Notes(Indexes(url, None, seconds=10), "carnival-touched")


def test_nothing_is_noted_while_nothing_is_built(notes: Notes) -> None:
    assert notes.add([ItemId("i1")]) == ""
    assert notes.building() == ""
    assert notes.taken() == []


def test_before_they_are_open_there_is_a_name_and_nobody_writes_to_it(notes: Notes) -> None:
    notes.begin("new")

    assert notes.add([ItemId("i1")]) == ""
    assert notes.building() == "new"


def test_what_is_noted_is_taken_once(notes: Notes) -> None:
    notes.begin("new")
    notes.open("new")

    assert notes.add([ItemId("i1"), ItemId("i2")]) == "new"
    assert set(notes.taken()) == {"i1", "i2"}
    assert notes.taken() == []
    assert notes.building() == "new"


def test_who_begins_later_overtakes(notes: Notes) -> None:
    notes.begin("new")
    notes.open("new")
    notes.add([ItemId("i1")])

    notes.begin("newer")

    assert notes.building() == "newer"
    assert notes.taken() == []


def test_once_dropped_nothing_is_noted(notes: Notes) -> None:
    notes.begin("new")
    notes.open("new")

    notes.drop()

    assert notes.add([ItemId("i1")]) == ""
