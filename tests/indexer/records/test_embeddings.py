"""indexer.records.embeddings: vectors by text and model, and which of them are swept."""

from datetime import datetime, timedelta

import pytest

from indexer.records import embeddings
from indexer.records.database import Database

DAY = timedelta(days=1)


@pytest.fixture
def three(database: Database, now: datetime) -> Database:
    """Three vectors of three days, of one model."""
    with database.transaction() as tx:
        for number, digest in enumerate("abc"):
            embeddings.keep(tx, "m", {digest: digest.encode()}, at=now + number * DAY)
    return database


def left(database: Database) -> set[str]:
    with database.reading() as tx:
        return set(embeddings.held(tx, "m", "abc"))


def test_a_vector_is_held_for_its_model_and_written_over(three: Database, now: datetime) -> None:
    with three.transaction() as tx:
        embeddings.keep(tx, "m", {"a": b"new"}, at=now)
        embeddings.keep(tx, "m", {}, at=now)

        assert embeddings.held(tx, "m", ["a", "x"]) == {"a": (b"new", now)}
        assert embeddings.held(tx, "other", ["a"]) == {}


def test_of_too_many_those_of_use_longest_ago_go(three: Database, now: datetime) -> None:
    with three.transaction() as tx:
        embeddings.touch(tx, "m", ["a"], at=now + 5 * DAY)

        assert embeddings.sweep(tx, before=now - DAY, most=2) == 1

    assert left(three) == {"a", "c"}


def test_of_many_of_one_moment_so_many_stay_as_may(database: Database, now: datetime) -> None:
    with database.transaction() as tx:
        embeddings.keep(tx, "m", dict.fromkeys("abc", b"v"), at=now)

        assert embeddings.sweep(tx, before=now, most=2) == 1

    assert len(left(database)) == 2


def test_what_is_of_no_use_since_a_day_goes(three: Database, now: datetime) -> None:
    with three.transaction() as tx:
        assert embeddings.sweep(tx, before=now + DAY, most=9) == 1

    assert left(three) == {"b", "c"}
