"""Which items are of one event or story, and the words and figures by which they are found."""

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table, bindparam, delete, func, or_, select

from indexer.base.ids import ItemId
from indexer.records.columns import Words, key, metadata
from indexer.records.database import Transaction
from indexer.records.items import ITEMS
from indexer.records.mapping import record_of, values_of
from indexer.records.public import explained
from indexer.records.understood import VECTORS
from indexer.records.upserts import Upsert, insert_those_not_there
from indexer.understanding.related.leads import Lead
from indexer.understanding.related.score import Related

RELATED = Table(
    "related",
    metadata,
    key("item", of="items.id"),
    key("other", of="items.id"),
    Column("score", Float, nullable=False),
    Column("words", Words, nullable=False),
    Index(None, "other"),
)


LEADS = Table(
    "leads",
    metadata,
    key("item", of="items.id"),
    Column("form", Integer, nullable=False),  # of another form: made by other code, and never compared
    Column("words", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),  # grows with every lead that is written
    Index(None, "number"),
)


_every = LEADS.alias("every")
_NEXT = select(func.coalesce(func.max(_every.c.number), 0) + 1).scalar_subquery()
_LEAD = Upsert(LEADS, key=("item",), values=("form", "words", "figures"), made={"number": _NEXT})
_OF_ITEM = delete(RELATED).where(or_(RELATED.c.item == bindparam("of"), RELATED.c.other == bindparam("of")))


def replace(tx: Transaction, item: ItemId, found: Iterable[Related], *, lead: Lead, form: int) -> None:
    """Write what an item is related to, in place of what was known of it, and its lead.

    Who asks has the turn of the clusters: leads are numbered in the order in which they are seen.
    """
    _LEAD.write(tx, {"item": item, "form": form, "words": lead.words.tobytes(), "figures": lead.figures.tobytes()})
    tx.change(_OF_ITEM, {"of": item})
    rows = [values_of(one, RELATED) for one in found]
    if rows:
        insert_those_not_there(tx, RELATED, rows)


def touching(tx: Transaction, item: ItemId, *, limit: int) -> list[Related]:
    """Return the pairs that an item belongs to, whatever became of the other, likeliest first."""
    c = RELATED.c
    query = select(RELATED).where(or_(c.item == item, c.other == item)).order_by(c.score.desc(), c.item, c.other)
    return [record_of(Related, row, RELATED) for row in tx.rows(query.limit(limit))]


def public(tx: Transaction, item: ItemId, *, limit: int) -> list[ItemId]:
    """Return the public items that a public one is related to, likeliest first, of each other cluster one."""
    c, own = RELATED.c, ITEMS.alias("own")
    other = or_((c.item == item) & (ITEMS.c.id == c.other), (c.other == item) & (ITEMS.c.id == c.item))
    query = (
        select(ITEMS.c.id, ITEMS.c.cluster)
        .join(RELATED, other)
        .join(own, own.c.id == item)
        .where(or_(c.item == item, c.other == item), ITEMS.c.publication.is_not(None), explained(ITEMS))
        .where(ITEMS.c.cluster != own.c.cluster)
        .order_by(c.score.desc(), ITEMS.c.id)
    )
    by_cluster: dict[str, ItemId] = {}
    for row in tx.rows(query):
        by_cluster.setdefault(row[ITEMS.c.cluster], row[ITEMS.c.id])
    return list(by_cluster.values())[:limit]


def words(tx: Transaction, form: int, *, after: int = -1, limit: int | None = None) -> list[tuple[int, ItemId, bytes]]:
    """Return (number, item, words) of the leads of one form written after a number, in their order."""
    c = LEADS.c
    query = select(c.number, c.item, c.words).where(c.form == form, c.number > after).order_by(c.number).limit(limit)
    return [(row[c.number], row[c.item], row[c.words]) for row in tx.rows(query)]


def leads(tx: Transaction, form: int, embedder: str, items: Sequence[ItemId]) -> dict[ItemId, tuple[Lead, bytes]]:
    """Return the leads of these items with the vectors that one embedder made; without one of them: left out."""
    found = tx.tuples(_LEADS_OF, {"items": list(items), "of_form": form, "by": embedder})
    return {item: (Lead(_read(words), _read(figures)), vector) for item, words, figures, vector in found}


_LEADS_OF = (
    select(LEADS.c.item, LEADS.c.words, LEADS.c.figures, VECTORS.c.vector)
    .join(VECTORS, (VECTORS.c.item == LEADS.c.item) & (VECTORS.c.embedder == bindparam("by")))
    .where(LEADS.c.item.in_(bindparam("items", expanding=True)), LEADS.c.form == bindparam("of_form"))
)


def _read(raw: bytes) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    return np.frombuffer(raw, dtype=np.uint32)
