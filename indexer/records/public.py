"""Query what is public: what an item's last decision says is public, and an approval said first."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, exists, func, select

from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.items import Item, Version
from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import BOTH, ITEMS, VERSIONS, pairs
from indexer.review.records import Move


def explained(items: FromClause) -> ColumnElement[bool]:
    """Return the condition that the public sees a row of the table of items, or of an alias of it.

    Public is what the item's last decision says is public, and an approval said first: no column alone shows anything.
    """
    c = items.c
    last, any_, approval = (DECISIONS.alias() for _ in range(3))
    newest = select(func.max(any_.c.sequence)).where(any_.c.item == c.id).correlate(items).scalar_subquery()
    return and_(
        c.public.is_not(None),
        exists()
        .where(last.c.sequence == newest, last.c.after == c.state, last.c.public_after == c.public)
        .correlate(items),
        exists()
        .where(approval.c.item == c.id, approval.c.move == Move.APPROVE, approval.c.public_after == c.public)
        .correlate(items),
    )


EXPLAINED = explained(ITEMS)
SHOWN = and_(VERSIONS.c.item == ITEMS.c.id, VERSIONS.c.number == ITEMS.c.public)
_THESE = select(*BOTH).join(VERSIONS, SHOWN).where(EXPLAINED, ITEMS.c.id.in_(bindparam("items", expanding=True)))


def public_item(tx: Transaction, item: ItemId) -> tuple[Item, Version] | None:
    """Return an item with the version the public sees; None where it sees none."""
    return public_items(tx, [item]).get(item)


def public_items(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, tuple[Item, Version]]:
    """Return those of the items that the public sees, each with its public version."""
    return {item.id: (item, version) for item, version in pairs(tx, _THESE, {"items": list(items)})}


def all_public(tx: Transaction, *, after: ItemId | None, limit: int) -> list[tuple[Item, Version]]:
    """Return what the public sees in the order of item ids, those past `after`: for building the index anew."""
    query = select(*BOTH).join(VERSIONS, SHOWN).where(EXPLAINED, ITEMS.c.id > (after or ""))
    return pairs(tx, query.order_by(ITEMS.c.id).limit(limit))


def public_versions(tx: Transaction) -> dict[ItemId, int]:
    """Return which version of which item is public: what the search index must hold, no more and no less."""
    c = ITEMS.c
    return {row[c.id]: row[c.public] for row in tx.rows(select(c.id, c.public).where(EXPLAINED))}


def public_count(tx: Transaction) -> int:
    """Return how many items have a public version, whether a decision explains it or not; see `public_versions`."""
    return tx.number(select(func.count()).select_from(ITEMS).where(ITEMS.c.public.is_not(None)))


def units_with_pieces(tx: Transaction) -> set[UnitId]:
    """Return the units of which the public sees something."""
    query = select(ITEMS.c.unit).where(EXPLAINED).distinct()
    return {row[ITEMS.c.unit] for row in tx.rows(query)}


def with_clusters(tx: Transaction, items: Iterable[ItemId]) -> list[ItemId]:
    """Return the items, and after them all others that share a cluster with one of them, in one query."""
    wanted, c = list(dict.fromkeys(items)), ITEMS.c
    own = ITEMS.alias("own")
    theirs = select(own.c.cluster).where(own.c.id.in_(wanted))
    members = [row[c.id] for row in tx.rows(select(c.id).where(c.cluster.in_(theirs)).order_by(c.id))]
    return list(dict.fromkeys([*wanted, *members]))
