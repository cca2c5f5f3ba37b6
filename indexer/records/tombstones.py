"""Query what stands in the place of a public piece that came down because its source is gone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from indexer.base.ids import ItemId
from indexer.catalogue.looks import Sight
from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import ITEMS
from indexer.records.looks import LOOKS
from indexer.records.taken_down import TAKEN_DOWN, WITHDRAWAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """When a piece came down, and what was seen at its source; None where that is not known any more."""

    at: datetime
    gone: Sight | None


def public_tombstone(tx: Transaction, item: ItemId) -> Tombstone | None:
    """Return what the public is told of a piece that the collector took down; None of every other.

    What an editor or its unit withdrew is as unknown to the public as what never was. A withdrawal that was taken back
    is none.
    """
    d = DECISIONS.c
    query = (
        select(d.at, LOOKS.c.gone)
        .join(ITEMS, ITEMS.c.id == d.item)
        .outerjoin(LOOKS, LOOKS.c.item == d.item)
        .where(d.item == item, TAKEN_DOWN, d.sequence == WITHDRAWAL)
    )
    row = tx.first(query)
    return Tombstone(at=row[d.at], gone=row[LOOKS.c.gone]) if row else None
