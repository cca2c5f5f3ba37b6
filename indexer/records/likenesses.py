"""Which items are alike and why, and the sketches of texts by which they are found."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table, Text, bindparam, delete, func, or_, select

from indexer.base.ids import ItemId
from indexer.records.columns import key, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import Upsert, insert_those_not_there
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair

LIKENESSES = Table(
    "likenesses",
    metadata,
    key("item", of="items.id"),
    key("other", of="items.id"),
    Column("relation", word(Relation), nullable=False),
    Column("layer", word(Layer), nullable=False),
    Column("share", Float, nullable=False),
    Column("other_share", Float, nullable=False),
    Column("passage", Text, nullable=False),
    Index(None, "other"),
)


SKETCHES = Table(
    "sketches",
    metadata,
    key("item", of="items.id"),
    Column("form", Integer, nullable=False),  # of another form: made by other code, and never compared
    Column("sketch", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),  # grows with every sketch that is written
    Index(None, "number"),
)


_every = SKETCHES.alias("every")
_NEXT = select(func.coalesce(func.max(_every.c.number), 0) + 1).scalar_subquery()
_SKETCH = Upsert(SKETCHES, key=("item",), values=("form", "sketch"), made={"number": _NEXT})
_OF_ITEM = delete(LIKENESSES).where(or_(LIKENESSES.c.item == bindparam("of"), LIKENESSES.c.other == bindparam("of")))


def replace(tx: Transaction, item: ItemId, pairs: Iterable[Pair], *, sketch: bytes, form: int) -> None:
    """Write what an item is alike, in place of what was known of it, and the sketch of its text.

    Who asks has the turn of the clusters: sketches are numbered in the order in which they are seen.
    """
    _SKETCH.write(tx, {"item": item, "form": form, "sketch": sketch})
    tx.change(_OF_ITEM, {"of": item})
    add(tx, pairs)


def add(tx: Transaction, pairs: Iterable[Pair]) -> None:
    """Write pairs; one that is known of two items stays."""
    rows = [values_of(pair, LIKENESSES) for pair in pairs]
    if rows:
        insert_those_not_there(tx, LIKENESSES, rows)


def touching(tx: Transaction, items: Sequence[ItemId]) -> list[Pair]:
    """Return the pairs that one of the items belongs to, those that share most first."""
    c = LIKENESSES.c
    query = select(LIKENESSES).where(or_(c.item.in_(items), c.other.in_(items)))
    return [record_of(Pair, row, LIKENESSES) for row in tx.rows(query.order_by(c.share.desc(), c.item, c.other))]


def same_pairs(tx: Transaction, items: Iterable[ItemId]) -> list[tuple[ItemId, ItemId]]:
    """Return the pairs that are one piece and of which one of the items is the later, in their order."""
    c = LIKENESSES.c
    query = select(c.item, c.other).where(c.item.in_(list(items)), c.relation == Relation.SAME)
    return [(row[c.item], row[c.other]) for row in tx.rows(query.order_by(c.item, c.other))]


def sketches(
    tx: Transaction, form: int, *, after: int = -1, limit: int | None = None
) -> list[tuple[int, ItemId, bytes]]:
    """Return (number, item, sketch) of the sketches of one form written after a number, in their order."""
    c = SKETCHES.c
    query = select(c.number, c.item, c.sketch).where(c.form == form, c.number > after).order_by(c.number).limit(limit)
    return [(row[c.number], row[c.item], row[c.sketch]) for row in tx.rows(query)]


def newest_sketch(tx: Transaction) -> int:
    """Return the number of the sketch that was written last, of whatever form; 0 without any."""
    return tx.number(select(func.coalesce(func.max(SKETCHES.c.number), 0)))
