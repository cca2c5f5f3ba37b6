"""Which answer each version was read from; the bytes themselves lie in the data folder by their hash."""

from collections.abc import Iterable

from sqlalchemy import Column, Index, Integer, String, Table, insert, select

from indexer.base.ids import ItemId
from indexer.catalogue.items import URL_CHARS, Evidence
from indexer.records.columns import Moment, Options, key, metadata, of_version
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of

EVIDENCE = Table(
    "evidence",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("url", String(URL_CHARS), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Options, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    of_version(),
    Index(None, "sha256"),
)


def add(tx: Transaction, kept: Iterable[Evidence]) -> None:
    """Write what new versions were read from; the bytes are in the folder already."""
    tx.change(insert(EVIDENCE), [values_of(evidence, EVIDENCE) for evidence in kept])


def of_item(tx: Transaction, item: ItemId) -> list[Evidence]:
    """Return the evidence of an item's versions, oldest first; versions from before it was kept have none."""
    query = select(EVIDENCE).where(EVIDENCE.c.item == item).order_by(EVIDENCE.c.version)
    return [record_of(Evidence, row, EVIDENCE) for row in tx.rows(query)]
