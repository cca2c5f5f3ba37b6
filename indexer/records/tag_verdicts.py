"""What people said of the tags of an item: right or wrong, whatever a machine says of it later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, bindparam, distinct, func, select

from indexer.base.ids import ItemId
from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, key, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert_all
from indexer.understanding.results import Facet

TAG_VERDICTS = Table(
    "tag_verdicts",
    metadata,
    key("item", of="items.id"),
    Column("facet", word(Facet), primary_key=True),
    Column("tag", String(ID_CHARS), primary_key=True),
    Column("is_right", Boolean, nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the last person who touched it said of one tag of an item."""

    item: ItemId
    facet: Facet
    tag: str
    is_right: bool
    who: str
    at: datetime


def of_item(tx: Transaction, item: ItemId) -> list[Verdict]:
    """Return what people said of the tags of an item."""
    return [record_of(Verdict, row, TAG_VERDICTS) for row in tx.rows(_OF_ITEM, {"of": item})]


_OF_ITEM = (
    select(TAG_VERDICTS)
    .where(TAG_VERDICTS.c.item == bindparam("of"))
    .order_by(TAG_VERDICTS.c.facet, TAG_VERDICTS.c.tag)
)


def save(tx: Transaction, verdicts: Iterable[Verdict]) -> None:
    """Write verdicts, each over the one that was said of the same tag before."""
    rows = [values_of(one, TAG_VERDICTS) for one in verdicts]
    upsert_all(tx, TAG_VERDICTS, key=("item", "facet", "tag"), rows=rows)


def corrected(tx: Transaction, *, limit: int) -> dict[ItemId, frozenset[Facet]]:
    """Return the items of which a person set a tag, with the facets that were looked at; those touched last."""
    c = TAG_VERDICTS.c
    last = select(c.item).group_by(c.item).order_by(func.max(c.at).desc(), c.item).limit(limit)
    keys = [row[c.item] for row in tx.rows(last)]
    found: dict[ItemId, set[Facet]] = {item: set() for item in keys}
    for row in tx.rows(select(c.item, c.facet).where(c.item.in_(keys)).distinct()):
        found[row[c.item]].add(row[c.facet])
    return {item: frozenset(facets) for item, facets in found.items()}


def count(tx: Transaction) -> int:
    """Return of how many items a person set a tag."""
    return tx.number(select(func.count(distinct(TAG_VERDICTS.c.item))))
