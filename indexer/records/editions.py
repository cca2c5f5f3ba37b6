"""The campaign's years."""

from datetime import date

from sqlalchemy import Column, Date, String, Table, bindparam, select

from indexer.catalogue.items import Edition
from indexer.records.columns import NAME_CHARS, key, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert

EDITIONS = Table(
    "editions",
    metadata,
    key("id"),
    Column("label", String(NAME_CHARS), nullable=False),
    Column("theme", String(NAME_CHARS), nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
)


_EVERY = select(EDITIONS).order_by(EDITIONS.c.starts.desc())
_ON_DAY = (
    select(EDITIONS)
    .where(EDITIONS.c.starts <= bindparam("day"), EDITIONS.c.ends >= bindparam("day"))
    .order_by(EDITIONS.c.starts.desc())
)


def editions(tx: Transaction) -> list[Edition]:
    """Return all editions, newest first."""
    return [record_of(Edition, row, EDITIONS) for row in tx.rows(_EVERY)]


def edition_on(tx: Transaction, day: date) -> Edition | None:
    """Return the edition that runs on a day in Beijing."""
    row = tx.first(_ON_DAY, {"day": day})
    return record_of(Edition, row, EDITIONS) if row else None


def save_edition(tx: Transaction, edition: Edition) -> None:
    """Write a new edition, or everything of one we have."""
    upsert(tx, EDITIONS, key={"id": edition.id}, values=values_of(edition, EDITIONS))
