"""indexer.records.backgrounds: one row for each embedder, and the vectors that it is made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from indexer.base.ids import ItemId
from indexer.records import backgrounds
from indexer.records.backgrounds import BackgroundMade
from indexer.records.database import Database

Save = Callable[..., bool]


@pytest.fixture
def made(now: datetime) -> BackgroundMade:
    return BackgroundMade(number=1, embedder="a", digest="d", catalogue=5, read_to=7, made_at=now)


def test_a_newer_one_takes_the_place_of_its_embedders_alone(database: Database, made: BackgroundMade) -> None:
    other, newer = replace(made, number=2, embedder="b"), replace(made, number=3, digest="e")
    with database.transaction() as tx:
        written = [backgrounds.replace(tx, one, figures=one.digest.encode()) for one in (made, other, newer)]

        assert written == [True, True, True]
        assert [backgrounds.newest(tx, name) for name in ("a", "b", "c")] == [newer, other, None]
        assert [backgrounds.figures(tx, number) for number in (1, 2, 3)] == [b"", b"d", b"e"]
        assert backgrounds.next_number(tx) == 4


def test_of_two_that_are_made_at_once_one_is_written(database: Database, made: BackgroundMade) -> None:
    with database.transaction() as tx:
        backgrounds.replace(tx, made, figures=b"first")

        assert not backgrounds.replace(tx, made, figures=b"second")
        assert backgrounds.figures(tx, 1) == b"first"


def test_the_newest_vectors_of_an_embedder_are_read_within_bounds(
    database: Database, taken: list[ItemId], save: Save
) -> None:
    one, two = taken
    for item, vector in ((one, b"1"), (two, b"2"), (one, b"3")):
        save(item, vector=vector, embedder="a")

    with database.reading() as tx:
        assert backgrounds.newest_vector(tx) == 3
        assert backgrounds.count_vectors(tx, "a") == 2
        assert backgrounds.recent_vectors(tx, "a", after=0, limit=5) == [b"3", b"2"]
        assert backgrounds.recent_vectors(tx, "a", after=0, limit=1) == [b"3"]
        assert backgrounds.recent_vectors(tx, "a", after=2, limit=5) == [b"3"]
        assert backgrounds.recent_vectors(tx, "b", after=0, limit=5) == []
