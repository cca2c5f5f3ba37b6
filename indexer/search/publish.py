"""What the outbox asks for, brought to the index: the index follows the records, never the other way round.

Any number of processes may publish side by side. Each reads the records again after it has written, until what it
wrote is what they say: whoever writes last knows that the records said so after the writing, and who ends before that
leaves its rows to the next one. So an older text that is written over a newer one does not stay.
"""

from collections.abc import Sequence
from datetime import datetime

import structlog

from indexer.base.ids import ItemId, new_id
from indexer.records import editions, entries, outbox, understood
from indexer.records.database import Database, Transaction
from indexer.records.public import with_clusters
from indexer.search.entries import entry_of
from indexer.search.port import Entry, IndexDown, SearchIndex

BATCH = 200
TRIES = 20
log = structlog.get_logger()


def publish(
    database: Database, index: SearchIndex, *, now: datetime, limit: int = BATCH, holder: str | None = None
) -> int:
    """Claim up to `limit` rows of the outbox and bring them to the index; return how many. Raises IndexDown.

    holder: who claims, by default this call alone. Where the index is down the rows are given back. A crash between
    the index and the records only makes the same rows come again: putting twice changes nothing.
    """
    holder = holder or new_id()
    with database.transaction() as tx:
        rows = outbox.claim_waiting(tx, holder=holder, now=now, limit=limit)
    if not rows:
        return 0
    try:
        put, removed = _bring(database, index, [item for _, item in rows], now=now)
    except Exception:
        with database.transaction() as tx:
            outbox.give_back(tx, holder=holder)
        raise
    with database.transaction() as tx:
        done = outbox.done(tx, [row for row, _ in rows], holder=holder)
    if done < len(rows):
        log.warning("claim_lost", step="publish", rows=len(rows), done=done)  # another one does them once more
    log.info("index_published", rows=len(rows), put=put, removed=removed, at=str(now))
    return len(rows)


def _bring(database: Database, index: SearchIndex, changed: Sequence[ItemId], *, now: datetime) -> tuple[int, int]:
    """Write each item until the records say the same after it as before; return how many were put and removed."""
    embedder = index.embedder()
    with database.reading() as tx:
        touched = left = with_clusters(tx, changed)
        wanted = public_now(tx, touched, embedder=embedder, now=now)
    put = len(wanted)
    for _ in range(TRIES):
        _write(index, left, wanted)
        with database.reading() as tx:
            newer = public_now(tx, left, embedder=embedder, now=now)
        left = [item for item in left if newer.get(item) != wanted.get(item)]
        if not left:
            return put, len(touched) - put
        wanted = {item: newer[item] for item in left if item in newer}
    raise IndexDown(f"Items changed {TRIES} times while they were written. They are tried again later.")


def public_now(tx: Transaction, touched: Sequence[ItemId], *, embedder: str = "", now: datetime) -> dict[ItemId, Entry]:
    """Return what the index shall hold of these items; of one that is not there it shall hold nothing.

    embedder: whose vectors; empty for none.
    """
    years = editions.editions(tx)
    seen = entries.public_entries(tx, touched)
    vectors = understood.vectors_of(tx, embedder, seen) if embedder and seen else {}
    return {item: entry_of(one, editions=years, vector=vectors.get(item, b""), now=now) for item, one in seen.items()}


def _write(index: SearchIndex, touched: Sequence[ItemId], wanted: dict[ItemId, Entry]) -> None:
    if gone := [item for item in touched if item not in wanted]:
        index.remove(gone)
    if wanted:
        index.put(list(wanted.values()))
