"""The campaign's years."""

from datetime import date

from sqlalchemy import insert, select, update

from indexer.items import Edition
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction


def editions(tx: Transaction) -> list[Edition]:
    """Return all editions, newest first."""
    return [rows.edition_of(row) for row in tx.rows(select(t.editions).order_by(t.editions.c.starts.desc()))]


def edition_on(tx: Transaction, day: date) -> Edition | None:
    """Return the edition that runs on a day in Beijing."""
    c = t.editions.c
    row = tx.first(select(t.editions).where(c.starts <= day, c.ends >= day).order_by(c.starts.desc()))
    return rows.edition_of(row) if row else None


def save_edition(tx: Transaction, edition: Edition) -> None:
    """Write a new edition, or everything of one we have."""
    values = {
        "id": edition.id,
        "label": edition.label,
        "theme": edition.theme,
        "starts": edition.starts,
        "ends": edition.ends,
    }
    if not tx.change(update(t.editions).where(t.editions.c.id == edition.id).values(values)):
        tx.change(insert(t.editions).values(values))
