"""What the outbox asks for, brought to the index: the index follows the records, never the other way round."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from indexer.items import ItemId
from indexer.records import items, listings, outbox
from indexer.records.database import Database, Transaction
from indexer.search.entries import entry_of
from indexer.search.port import Entry, IndexDown, SearchIndex

BATCH = 200
TRIES = 20
log = structlog.get_logger()


def publish(database: Database, index: SearchIndex, *, now: datetime, limit: int = BATCH) -> int:
    """Bring up to `limit` rows of the outbox to the index; return how many. Raises IndexDown, and the rows stay.

    A crash between the index and the records only makes the same rows come again: putting twice changes nothing.
    """
    with database.reading() as tx:
        waiting = outbox.waiting(tx, limit=limit)
        touched = _with_clusters(tx, [item for _, item in waiting])
        wanted = _wanted(tx, touched)
    if not waiting:
        return 0
    for _ in range(TRIES):
        _write(index, touched, wanted)
        # Another process may have withdrawn an item between our reading and our writing: what we wrote is then stale.
        with database.reading() as tx:
            newer = _wanted(tx, touched)
        if newer == wanted:
            break
        wanted = newer
    else:
        raise IndexDown(f"The items changed {TRIES} times while they were written. They are tried again later.")
    with database.transaction() as tx:
        outbox.done(tx, [row for row, _ in waiting])
    log.info("index_published", rows=len(waiting), put=len(wanted), removed=len(touched) - len(wanted), at=str(now))
    return len(waiting)


def _write(index: SearchIndex, touched: Sequence[ItemId], wanted: dict[ItemId, Entry]) -> None:
    if gone := [item for item in touched if item not in wanted]:
        index.remove(gone)
    if wanted:
        index.put(list(wanted.values()))


def _wanted(tx: Transaction, touched: Sequence[ItemId]) -> dict[ItemId, Entry]:
    return {item: entry_of(seen) for item, seen in listings.public_entries(tx, touched).items()}


def _with_clusters(tx: Transaction, changed: Sequence[ItemId]) -> list[ItemId]:
    """The items and all that share a cluster with one: which of them leads may have changed."""
    found = [item for key in dict.fromkeys(changed) if (item := items.item(tx, key)) is not None]
    clusters = dict.fromkeys(item.cluster for item in found)
    members = [member.id for cluster in clusters for member in items.cluster_members(tx, cluster)]
    return list(dict.fromkeys([*changed, *members]))
