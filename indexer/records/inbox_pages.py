"""Saved pages that wait in the inbox: written with the row they belong to, gone with its outcome."""

from sqlalchemy import Column, LargeBinary, String, Table, delete, insert, select

from indexer.catalogue.saved_pages import SavedPage
from indexer.records.columns import NAME_CHARS, key, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of

INBOX_PAGES = Table(
    "inbox_pages",
    metadata,
    key("filed", of="inbox.id"),
    Column("body", LargeBinary, nullable=False),
    Column("type", String(NAME_CHARS), nullable=False),
)


def add(tx: Transaction, filed: str, page: SavedPage) -> None:
    """Keep the page of something that was filed in this transaction."""
    tx.change(insert(INBOX_PAGES).values(filed=filed, **values_of(page, INBOX_PAGES)))


def page(tx: Transaction, filed: str) -> SavedPage | None:
    """Return the page of something filed; None where it is a link."""
    row = tx.first(select(INBOX_PAGES).where(INBOX_PAGES.c.filed == filed))
    return record_of(SavedPage, row, INBOX_PAGES) if row else None


def forget(tx: Transaction, filed: str) -> None:
    """Remove the page of something that is done."""
    tx.change(delete(INBOX_PAGES).where(INBOX_PAGES.c.filed == filed))
