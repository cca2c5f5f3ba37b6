"""Pictures that no item shows any longer: which they are, and forgetting them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, tuple_

from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS, SETTLED
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.pictures import PICTURE_USES, PICTURES


def forget_uses(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Forget what versions show that nobody reads any longer: replaced ones, and those of items that are settled.

    before: only where nothing was decided or collected of the item since. Return how many rows that were.
    """
    u, i = PICTURE_USES.c, ITEMS.c
    query = (
        select(u.item, u.version, u.position)
        .join(ITEMS, i.id == u.item)
        .where(or_(i.state.in_(SETTLED), _is_replaced()), ~_is_recent(before))
        .limit(limit)
        # A piece that is decided on at this moment is left: whoever moves it wants what its rows lack after that.
        .with_for_update(of=ITEMS, key_share=True, skip_locked=True)
    )
    keys = [tuple(row.values()) for row in tx.rows(query)]
    if not keys:
        return 0
    return tx.change(delete(PICTURE_USES).where(tuple_(u.item, u.version, u.position).in_(keys)))


def forget_unused(tx: Transaction, *, limit: int) -> list[str]:
    """Forget pictures that nothing shows; return their hashes, whose files are to be removed after the commit."""
    c = PICTURES.c
    unused = select(c.hash).where(~exists().where(PICTURE_USES.c.hash == c.hash)).limit(limit)
    gone = delete(PICTURES).where(c.hash.in_(unused)).returning(c.hash)
    return [row[c.hash] for row in tx.changed_rows(gone)]


def unknown(tx: Transaction, hashes: Collection[str]) -> set[str]:
    """Return those of the hashes that no picture has."""
    found = tx.rows(select(PICTURES.c.hash).where(PICTURES.c.hash.in_(hashes)))
    return set(hashes) - {row[PICTURES.c.hash] for row in found}


def _is_replaced() -> ColumnElement[bool]:
    u, i = PICTURE_USES.c, ITEMS.c
    return and_(u.version != i.latest, or_(i.public.is_(None), u.version != i.public))


def _is_recent(before: datetime) -> ColumnElement[bool]:
    i, d, v = ITEMS.c, DECISIONS.c, VERSIONS.c
    last = select(func.max(d.at)).where(d.item == i.id).correlate(ITEMS).scalar_subquery()
    newest = select(v.collected_at).where(v.item == i.id, v.number == i.latest).correlate(ITEMS).scalar_subquery()
    return or_(func.coalesce(last >= before, False), newest >= before)
