"""Which items are alike, as the records keep it."""

from collections.abc import Callable

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.records import likenesses
from indexer.records.database import Database
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair


def pair(item: ItemId, other: ItemId, *, share: float = 0.9) -> Pair:
    return Pair(
        item=item,
        other=other,
        relation=Relation.SAME,
        layer=Layer.RUNS,
        share=share,
        other_share=0.5,
        passage="月球车",
    )


def test_pairs_come_back_as_they_were_written_those_that_share_most_first(
    database: Database, make_item: Callable[..., Item]
) -> None:
    a, b, c = (make_item(url=f"http://a.example/{number}.html").id for number in range(3))
    pairs = [pair(b, a, share=0.6), pair(c, a, share=0.8)]
    with database.transaction() as tx:
        likenesses.replace(tx, a, pairs, sketch=b"1", form=1)

    with database.reading() as tx:
        assert likenesses.touching(tx, [a]) == pairs[::-1]
        assert likenesses.touching(tx, [b]) == pairs[:1]
        assert likenesses.touching(tx, []) == []


def test_what_is_found_anew_replaces_what_was_known_of_the_item_whichever_of_the_two_it_was(
    database: Database, make_item: Callable[..., Item]
) -> None:
    a, b, c = (make_item(url=f"http://a.example/{number}.html").id for number in range(3))
    with database.transaction() as tx:
        likenesses.replace(tx, b, [pair(b, a), pair(c, b)], sketch=b"1", form=1)
        likenesses.add(tx, [pair(c, a), pair(c, a, share=0.1)])
        likenesses.replace(tx, b, [], sketch=b"2", form=1)

    with database.reading() as tx:
        assert likenesses.touching(tx, [a, b, c]) == [pair(c, a)]
        assert likenesses.sketches(tx, 1) == [(2, b, b"2")]


def test_sketches_are_read_by_their_form_and_in_the_order_they_were_written(
    database: Database, make_item: Callable[..., Item]
) -> None:
    a, b, c = (make_item(url=f"http://a.example/{number}.html").id for number in range(3))
    with database.transaction() as tx:
        for item, form in ((c, 1), (b, 2), (a, 1)):
            likenesses.replace(tx, item, (), sketch=form.to_bytes(), form=form)

    with database.reading() as tx:
        assert [(number, item) for number, item, _ in likenesses.sketches(tx, 1)] == [(1, c), (3, a)]
        assert likenesses.sketches(tx, 1, after=1, limit=1) == [(3, a, b"\1")]
        assert likenesses.sketches(tx, 2, after=2) == []
        assert likenesses.newest_sketch(tx) == 3
