"""Versions that wait to be understood: by nobody yet, or by another recipe than the one in use."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select, true, tuple_, update

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Version
from indexer.records.claiming import claim_rows
from indexer.records.claiming import give_back as give_rows_back
from indexer.records.database import Transaction
from indexer.records.items import BOTH, ITEMS, NEWEST, VERSIONS, pairs

# The newest version of its item, and not understood yet.
IS_NEWEST = exists(select(ITEMS.c.id).where(NEWEST).correlate(VERSIONS))
WAITS = (VERSIONS.c.understood_at.is_(None), IS_NEWEST)
CHECKED_BY = "policy:"  # begins the part of a recipe that tells by which rules a version was checked
CLAIM = timedelta(minutes=5)  # a batch of long texts on a slow machine


def waiting(tx: Transaction, limit: int) -> list[tuple[Item, Version]]:
    """Return newest versions that are not understood yet, oldest item first, held or not."""
    query = select(*BOTH).join(VERSIONS, NEWEST).where(*WAITS)
    return pairs(tx, query.order_by(ITEMS.c.id).limit(limit))


def claim_waiting(
    tx: Transaction, *, holder: str, now: datetime, limit: int, recipe: str, read_at: datetime
) -> list[tuple[Item, Version]]:
    """Claim up to `limit` versions that wait and that nobody holds; return them, oldest item first.

    Those that somebody waits for come first, then those that nobody has understood, then those that `differing` gives.
    """
    c = VERSIONS.c
    differs = (*_differs(recipe, read_at), IS_NEWEST)
    for where in ((c.is_awaited.is_(True), *WAITS), WAITS, differs):
        rows = claim_rows(tx, VERSIONS, where=where, order_by=c.item, limit=limit, holder=holder, now=now, lasts=CLAIM)
        if rows:
            keys = [(row[c.item], row[c.number]) for row in rows]
            query = select(*BOTH).join(VERSIONS, NEWEST).where(tuple_(c.item, c.number).in_(keys))
            return pairs(tx, query.order_by(ITEMS.c.id))
    return []


def give_back(tx: Transaction, *, holder: str) -> int:
    """Free all versions of a holder, for the next one; return how many those were."""
    return give_rows_back(tx, VERSIONS, where=(), holder=holder)


def differing(tx: Transaction, limit: int, *, recipe: str, read_at: datetime) -> list[tuple[Item, Version]]:
    """Return newest versions that were understood by another recipe, oldest item first.

    read_at: what was understood after this moment is left out, see `Recipe`.
    """
    query = select(*BOTH).join(VERSIONS, NEWEST).where(*_differs(recipe, read_at))
    return pairs(tx, query.order_by(ITEMS.c.id).limit(limit))


def is_differing(tx: Transaction, *, recipe: str, read_at: datetime) -> bool:
    """Tell whether `differing` would give any; unlike it, asked for no order, this walks what differs alone."""
    query = select(VERSIONS.c.item).join(ITEMS, NEWEST).where(*_differs(recipe, read_at))
    return tx.first(query.limit(1)) is not None


def check_again(tx: Transaction, item: ItemId, version: int) -> None:
    """Let a newest version that was understood wait for its checks again; its vector, tags and cluster stand."""
    c = VERSIONS.c
    where = (c.item == item, c.number == version, c.understood_at.is_not(None), IS_NEWEST)
    if row := tx.first(select(c.recipe).where(*where)):
        kept = "|".join(part for part in (row[c.recipe] or "").split("|") if not part.startswith(CHECKED_BY))
        tx.change(update(VERSIONS).where(*where).values(understood_at=None, recipe=kept or None))


def count_waiting(tx: Transaction) -> int:
    """Return how many versions `waiting` would give without a limit."""
    return tx.number(select(func.count()).join_from(ITEMS, VERSIONS, NEWEST).where(VERSIONS.c.understood_at.is_(None)))


def count_differing(tx: Transaction, *, recipe: str, read_at: datetime) -> int:
    """Return how many versions `differing` would give without a limit."""
    return tx.number(select(func.count()).join_from(ITEMS, VERSIONS, NEWEST).where(*_differs(recipe, read_at)))


def _differs(recipe: str, read_at: datetime) -> tuple[ColumnElement[bool], ...]:
    # Nearly always nothing differs, which the index of recipes tells at once: hence ranges, and a time within a case,
    # where no index is looked for.
    c = VERSIONS.c
    other = or_(c.recipe.is_(None), c.recipe < recipe, c.recipe > recipe)
    return other, case((c.understood_at <= read_at, true()), else_=false())
