"""Query what help with a search can lead to: titles that the public sees, and the newest texts for their words."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select

from indexer.base.ids import ItemId, UnitId
from indexer.records.channels import UNITS
from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.public import EXPLAINED, SHOWN


def newest_decision(tx: Transaction) -> int:
    """Return the number of the last decision: where it is the same, the public sees the same."""
    return tx.number(select(func.coalesce(func.max(DECISIONS.c.sequence), 0)))


def public_titles(tx: Transaction, *, limit: int) -> list[tuple[ItemId, str]]:
    """Return the titles that the public sees, each with its item, the latest published here first."""
    query = select(ITEMS.c.id, VERSIONS.c.title).join(VERSIONS, SHOWN).where(EXPLAINED)
    return [(item, title) for item, title in tx.tuples(query.order_by(ITEMS.c.publication.desc()).limit(limit))]


def still_public(tx: Transaction, items: Iterable[ItemId]) -> set[ItemId]:
    """Return those of the items that the public sees now."""
    query = select(ITEMS.c.id).where(ITEMS.c.id.in_(list(items)), EXPLAINED)
    return {item for (item,) in tx.tuples(query)}


def newest_heads(tx: Transaction, *, limit: int, chars: int) -> Iterator[str]:
    """Return the first characters of the texts that the public sees, the latest published here first."""
    query = select(func.substr(VERSIONS.c.text, 1, chars)).join_from(ITEMS, VERSIONS, SHOWN).where(EXPLAINED)
    return (head for (head,) in tx.tuples(query.order_by(ITEMS.c.publication.desc()).limit(limit)))


def unit_names(tx: Transaction) -> list[tuple[UnitId, str, str]]:
    """Return every unit with its name and its short one."""
    c = UNITS.c
    return [(unit, name, short) for unit, name, short in tx.tuples(select(c.id, c.name, c.short_name))]
