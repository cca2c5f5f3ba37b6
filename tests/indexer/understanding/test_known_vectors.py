"""The vectors that a process keeps from one batch to the next."""

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np

from indexer.catalogue.items import Item
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5
from indexer.understanding.known_vectors import KnownVectors

EAST, NORTH = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)


class Flat:
    """An embedder of two dimensions that is never asked for a vector."""

    name, dimensions, scale = "flat", 2, E5

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Raises NotImplementedError."""
        raise NotImplementedError

    queries = passages


def save(database: Database, item: Item, vector: np.ndarray, *, now: datetime, embedder: str = "flat") -> None:
    with database.transaction() as tx:
        understood.save(
            tx,
            item.id,
            1,
            tags=(),
            findings=(),
            vector=vector.tobytes(),
            embedder=embedder,
            cluster=item.cluster,
            at=now,
        )


def test_what_another_process_wrote_is_known_from_the_next_batch_on(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html")
    kept, seen = KnownVectors(Flat()), list[list[str]]()
    for item, vector in [(first, EAST), (second, EAST), (first, NORTH), (second, NORTH)]:
        save(database, item, vector, now=now)
        seen.append(sorted(kept.up_to_date(database).nearest(EAST, but=second.id)))

    assert seen == [[first.id], [first.id], [], []]
    assert sorted(kept.up_to_date(database).nearest(NORTH, but=second.id)) == [first.id]


def test_only_what_came_since_is_read(database: Database, make_item: Callable[..., Item], now: datetime) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html")
    save(database, first, EAST, now=now)
    save(database, second, EAST, now=now)
    with database.reading() as tx:
        read_to = understood.vectors(tx, "flat")[-1][0]
    save(database, first, NORTH, now=now)

    with database.reading() as tx:
        newer = understood.vectors(tx, "flat", after=read_to)

    assert [(item, vector) for _, item, vector in newer] == [(first.id, NORTH.tobytes())]


def test_a_vector_of_another_embedder_is_not_compared(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item, other = make_item(), make_item(url="http://a.example/2.html")
    save(database, item, EAST, now=now, embedder="another")

    assert KnownVectors(Flat()).up_to_date(database).nearest(EAST, but=other.id) == []


def test_each_database_has_vectors_of_its_own(
    database: Database, make_records: Callable[..., str], make_item: Callable[..., Item], now: datetime
) -> None:
    item, other = make_item(), make_item(url="http://a.example/2.html")
    kept = KnownVectors(Flat())
    save(database, item, EAST, now=now)
    empty = Database.open(make_records())

    known, nothing = kept.up_to_date(database), kept.up_to_date(empty)
    empty.close()

    assert known.nearest(EAST, but=other.id) == [item.id]
    assert nothing.nearest(EAST, but=other.id) == []
