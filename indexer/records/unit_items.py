"""A unit's own items as its pages list them, all of a page in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from indexer.base.ids import ItemId, UnitId
from indexer.base.times import Published
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, NEWEST, VERSIONS, published_of
from indexer.review.records import State


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One item with its newest version's number, title, address and date.

    is_public: the public sees a version of it.
    """

    id: ItemId
    state: State
    version: int
    title: str
    url: str
    published: Published | None
    is_public: bool


def unit_entries(tx: Transaction, unit: UnitId, *, limit: int, offset: int = 0) -> list[UnitEntry]:
    """Return a page of the unit's items in whatever state, those whose newest version was collected last first."""
    i = ITEMS.c
    # Ids first: the index alone says which of them the page shows.
    page = select(i.id).where(i.unit == unit).order_by(i.waiting_since.desc(), i.id.desc()).limit(limit).offset(offset)
    ids = [row[i.id] for row in tx.rows(page)]
    found = unit_entries_of(tx, unit, ids)
    return [found[item] for item in ids if item in found]


def unit_entries_of(tx: Transaction, unit: UnitId, items: Iterable[ItemId]) -> Mapping[ItemId, UnitEntry]:
    """Return those of the items that are the unit's own, in whatever state: another's is nothing that it may see."""
    i, v = ITEMS.c, VERSIONS.c
    published = (v.published_at, v.published_offset_seconds, v.published_is_day)
    shown = (i.id, i.state, i.latest, i.public, v.title, v.url, *published)
    own = select(*shown).join(VERSIONS, NEWEST).where(i.unit == unit, i.id.in_(list(items)))
    return {
        row[i.id]: UnitEntry(
            id=row[i.id],
            state=row[i.state],
            version=row[i.latest],
            title=row[v.title],
            url=row[v.url],
            published=published_of(
                row[v.published_at], row[v.published_offset_seconds], is_day=bool(row[v.published_is_day])
            ),
            is_public=row[i.public] is not None,
        )
        for row in tx.rows(own)
    }
