"""What editors said of pairs of items: one row a pair, the last word; every word stands in the ledger."""

from collections.abc import Iterable

from sqlalchemy import BindParameter, Boolean, Column, Index, String, Table, bindparam, or_, select

from indexer.base.ids import ItemId
from indexer.records.columns import NAME_CHARS, Moment, by_actor, key, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert
from indexer.understanding.duplicates.rulings import Ruling

RULINGS = Table(
    "rulings",
    metadata,
    key("item", of="items.id"),
    key("other", of="items.id"),
    Column("is_same", Boolean, nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    *by_actor(),
    Column("at", Moment, nullable=False),
    Index(None, "other"),
)


def rule(tx: Transaction, ruling: Ruling) -> None:
    """Write a ruling in place of what was said of the pair before. Who asks has the turn of the clusters."""
    values = values_of(ruling, RULINGS)
    pair = {"item": values.pop("item"), "other": values.pop("other")}
    upsert(tx, RULINGS, key=pair, values=values)


def touching(tx: Transaction, items: Iterable[ItemId]) -> list[Ruling]:
    """Return the rulings that one of the items belongs to, in the order of their items."""
    return [record_of(Ruling, row, RULINGS) for row in tx.rows(_TOUCHING, {"items": list(items)})]


_wanted: BindParameter[list[ItemId]] = bindparam("items", expanding=True)
_TOUCHING = (
    select(RULINGS)
    .where(or_(RULINGS.c.item.in_(_wanted), RULINGS.c.other.in_(_wanted)))
    .order_by(RULINGS.c.item, RULINGS.c.other)
)
