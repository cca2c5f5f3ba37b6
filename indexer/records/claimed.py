"""All rows that steps of the work claim, whatever their table."""

from sqlalchemy import select

from indexer.records.claiming import give_back
from indexer.records.database import Transaction
from indexer.records.inbox import INBOX
from indexer.records.items import VERSIONS
from indexer.records.looks import LOOKS
from indexer.records.outbox import OUTBOX
from indexer.records.pictures import PICTURE_USES
from indexer.records.platform_events import PLATFORM_EVENTS
from indexer.records.tokens import TOKENS

TABLES = (INBOX, LOOKS, OUTBOX, PICTURE_USES, PLATFORM_EVENTS, TOKENS, VERSIONS)


def holders(tx: Transaction) -> set[str]:
    """Return everybody who holds a row, their claims ended or not."""
    return {
        row[table.c.holder]
        for table in TABLES
        for row in tx.rows(select(table.c.holder).where(table.c.holder.is_not(None)).distinct())
    }


def give_all_back(tx: Transaction, *, holder: str) -> int:
    """Free all rows of a holder; return how many."""
    return sum(give_back(tx, table, where=(), holder=holder) for table in TABLES)
