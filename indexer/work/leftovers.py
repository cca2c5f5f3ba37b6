"""Claims of processes of this machine that ended without giving them back: killed, or out of memory."""

import structlog

from indexer.records import claimed
from indexer.records.database import Database
from indexer.work.steps import is_gone

log = structlog.get_logger()


def free_leftovers(database: Database) -> int:
    """Free what ended processes of this machine hold; return how many rows. What others hold ends with its claim."""
    with database.reading() as tx:
        gone = [holder for holder in claimed.holders(tx) if is_gone(holder)]
    if not gone:
        return 0
    with database.transaction() as tx:
        freed = sum(claimed.give_all_back(tx, holder=holder) for holder in gone)
    log.info("leftovers_freed", rows=freed, holders=len(gone))
    return freed
