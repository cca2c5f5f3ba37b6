"""An editor's word on what is one piece, and what a rebuild of all clusters leaves of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from indexer.base.actors import Actor, ActorKind
from indexer.base.changes import OF_PIECES, ChangeKind
from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters, items, ledger, likenesses, outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair
from indexer.understanding.duplicates.sketches import FORM
from indexer.understanding.grouping import grouped
from indexer.understanding.joining import NotTwoPieces, join, part

MakeItem = Callable[..., Item]
EDITOR = Actor(kind=ActorKind.PERSON, id="u1", name="示例编辑")


@pytest.fixture
def three(make_item: MakeItem) -> tuple[ItemId, ItemId, ItemId]:
    first, second, third = (make_item(url=f"http://a.example/{number}.html").id for number in range(3))
    return first, second, third


def same(item: ItemId, other: ItemId) -> Pair:
    told = {"relation": Relation.SAME, "layer": Layer.RUNS, "share": 0.9, "other_share": 0.9, "passage": "月球车"}
    return Pair(item=item, other=other, **told)  # type: ignore[arg-type]  # of the test


def understand(database: Database, item: ItemId, *pairs: Pair) -> None:
    """What understanding anew does with clusters, the likenesses found again."""
    with database.transaction() as tx:
        others = [pair.other if pair.item == item else pair.item for pair in pairs]
        found = grouped(tx, item, others, is_anew=True)
        assert found is not None
        clusters.move(tx, item, found.cluster)
        likenesses.replace(tx, item, pairs, sketch=b"", form=FORM)


def together(database: Database, wanted: Sequence[ItemId]) -> list[set[ItemId]]:
    """The items by their clusters, those of the earliest first."""
    by: dict[ClusterId, set[ItemId]] = {}
    with database.reading() as tx:
        found = items.some_items(tx, wanted)
    for item in sorted(found):
        by.setdefault(found[item].cluster, set()).add(item)
    return list(by.values())


def test_what_was_parted_stays_apart_through_a_rebuild_in_any_order(
    database: Database, three: tuple[ItemId, ItemId, ItemId], now: datetime
) -> None:
    a, b, c = three
    pairs = {a: [same(b, a), same(c, a)], b: [same(b, a), same(c, b)], c: [same(c, a), same(c, b)]}
    for item in three:
        understand(database, item, *pairs[item])
    assert together(database, three) == [{a, b, c}]

    part(database, b, beside=a, by=EDITOR, now=now)

    assert together(database, three) == [{a, c}, {b}]
    for order in ((a, b, c), (c, b, a), (b, c, a)):
        for item in order:
            understand(database, item, *pairs[item])
        assert together(database, three) == [{a, c}, {b}]


def test_what_was_joined_stays_together_through_a_rebuild_that_finds_nothing(
    database: Database, three: tuple[ItemId, ItemId, ItemId], now: datetime
) -> None:
    a, b, c = three
    understand(database, c, same(c, b))
    assert together(database, three) == [{a}, {b, c}]

    joined = join(database, a, c, by=EDITOR, now=now)

    assert together(database, three) == [{a, b, c}]
    for item in three:
        understand(database, item, *([same(c, b)] if item != a else []))
    with database.reading() as tx:
        assert {one.cluster for one in items.some_items(tx, three).values()} == {joined}
    for item in three:
        understand(database, item)
    assert together(database, three) == [{a, c}, {b}]


def test_the_last_word_counts(database: Database, three: tuple[ItemId, ItemId, ItemId], now: datetime) -> None:
    a, b, _ = three
    join(database, a, b, by=EDITOR, now=now)
    part(database, a, beside=b, by=EDITOR, now=now)
    assert together(database, [a, b]) == [{a}, {b}]

    join(database, b, a, by=EDITOR, now=now)

    assert together(database, [a, b]) == [{a, b}]
    with database.reading() as tx:
        told = [(change.kind, change.subject, change.who) for change in ledger.recent(tx, OF_PIECES, limit=9)]
    assert told == [
        (ChangeKind.PIECES_JOINED, b, "示例编辑"),
        (ChangeKind.PIECES_PARTED, a, "示例编辑"),
        (ChangeKind.PIECES_JOINED, a, "示例编辑"),
    ]


def test_who_was_parted_from_one_joins_another_without_bringing_the_two_together(
    database: Database, three: tuple[ItemId, ItemId, ItemId], now: datetime
) -> None:
    a, b, c = three
    understand(database, b, same(b, a))
    part(database, b, beside=a, by=EDITOR, now=now)

    join(database, a, c, by=EDITOR, now=now)
    join(database, b, c, by=EDITOR, now=now)

    assert together(database, three) == [{a, c}, {b}]


def test_what_search_shows_of_the_cluster_is_looked_at_again(
    database: Database,
    make_item: MakeItem,
    move_on: Callable[..., Decision],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    one, other = (make_item(url=f"http://a.example/{number}.html") for number in range(2))
    move_on(other, Move.APPROVE, who=make_user())
    a, b = one.id, other.id
    with database.transaction() as tx:
        outbox.done(tx, [row for row, _ in outbox.claim_waiting(tx, holder="test", now=now, limit=9)], holder="test")

    join(database, a, b, by=EDITOR, now=now)

    with database.reading() as tx:
        assert [item for _, item in outbox.waiting(tx, limit=9)] == [b]


def test_what_does_not_stand_as_it_was_seen_is_refused(
    database: Database, three: tuple[ItemId, ItemId, ItemId], now: datetime
) -> None:
    a, b, _ = three

    calls: tuple[Callable[[], object], ...] = (
        lambda: part(database, a, beside=b, by=EDITOR, now=now),
        lambda: join(database, a, a, by=EDITOR, now=now),
        lambda: join(database, a, ItemId("gone"), by=EDITOR, now=now),
        lambda: join(database, ItemId("gone"), a, by=EDITOR, now=now),
    )
    for call in calls:
        with pytest.raises(NotTwoPieces):
            call()
    with database.reading() as tx:
        assert ledger.recent(tx, OF_PIECES, limit=1) == []
