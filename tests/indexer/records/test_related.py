"""Which items are of one event, as the records keep it."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters, related, understood
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.related.leads import Lead
from indexer.understanding.related.score import Related

LEAD = Lead(np.array([1, 2], dtype=np.uint32), np.array([7], dtype=np.uint32))


@pytest.fixture
def four(make_item: Callable[..., Item]) -> list[Item]:
    return [make_item(url=f"http://a.example/{number}.html") for number in range(4)]


def pair(item: Item, other: Item, score: float = 0.9) -> Related:
    return Related(item=item.id, other=other.id, score=score, words=("月球车", "玉兔"))


def keep(database: Database, item: Item, *pairs: Related, form: int = 1) -> None:
    with database.transaction() as tx:
        related.replace(tx, item.id, pairs, lead=LEAD, form=form)


def test_pairs_come_back_likeliest_first_and_are_replaced_whichever_of_the_two_is_asked(
    database: Database, four: list[Item]
) -> None:
    a, b, c, _ = four
    keep(database, b, pair(b, a, 0.6))
    keep(database, c, pair(c, b, 0.8), pair(c, a, 0.7))

    with database.reading() as tx:
        assert related.touching(tx, b.id, limit=9) == [pair(c, b, 0.8), pair(b, a, 0.6)]
        assert related.touching(tx, b.id, limit=1) == [pair(c, b, 0.8)]
    keep(database, b)
    with database.reading() as tx:
        assert related.touching(tx, b.id, limit=9) == []
        assert related.touching(tx, a.id, limit=9) == [pair(c, a, 0.7)]


def test_the_public_sees_what_is_public_of_each_other_cluster_one(
    database: Database,
    four: list[Item],
    move_on: Callable[..., Decision],
    make_user: Callable[..., User],
) -> None:
    a, b, c, d = four
    keep(database, a, pair(b, a, 0.6), pair(c, a, 0.9), pair(d, a, 0.8))
    who = make_user()
    for item in (a, b, c):
        move_on(item, Move.APPROVE, who=who)

    def seen(item: Item, limit: int = 6) -> list[ItemId]:
        with database.reading() as tx:
            return related.public(tx, item.id, limit=limit)

    assert seen(a) == [c.id, b.id]
    assert seen(a, limit=1) == [c.id]
    assert seen(b) == [a.id]
    assert seen(d) == [a.id]
    with database.transaction() as tx:
        clusters.move(tx, b.id, ClusterId(c.cluster))
    assert seen(a) == [c.id]
    with database.transaction() as tx:
        clusters.move(tx, c.id, ClusterId(a.cluster))
    assert seen(a) == [b.id]


def test_leads_are_read_with_the_vectors_of_one_embedder(database: Database, four: list[Item], now: datetime) -> None:
    a, b, c, d = four
    for item, form in ((a, 1), (b, 2), (c, 1)):
        keep(database, item, form=form)
    with database.transaction() as tx:
        for item, name in ((a, "model"), (b, "model"), (c, "another"), (d, "model")):
            made = {"tags": (), "findings": (), "vector": item.id.encode(), "cluster": item.cluster, "at": now}
            understood.save(tx, item.id, 1, embedder=name, **made)  # type: ignore[arg-type]  # of the test

    with database.reading() as tx:
        found = related.leads(tx, 1, "model", [a.id, b.id, c.id, d.id])
        words = related.words(tx, 1)
        later = related.words(tx, 1, after=words[0][0], limit=5)
    [(key, (lead, vector))] = found.items()
    assert (key, vector) == (a.id, a.id.encode())
    assert (lead.words.tolist(), lead.figures.tolist()) == ([1, 2], [7])
    assert [(key, raw) for _, key, raw in words] == [(a.id, LEAD.words.tobytes()), (c.id, LEAD.words.tobytes())]
    assert [key for _, key, _ in later] == [c.id]
