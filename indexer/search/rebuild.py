"""The whole index anew from the records, beside the old one."""

from collections.abc import Iterator, Sequence

from indexer.items import ItemId
from indexer.records import items, listings
from indexer.records.database import Database
from indexer.search.entries import entry_of
from indexer.search.port import Entry, SearchIndex

BATCH = 200


def rebuild(database: Database, index: SearchIndex) -> Iterator[int]:
    """Yield the number of items written after each batch; the old index serves until the last one. Raises IndexDown.

    What was published while it ran went to the old index: it is put right after the swap.
    """
    yield from index.rebuild(_batches(database))
    _put_right(database, index)


def _batches(database: Database) -> Iterator[Sequence[Entry]]:
    after: ItemId | None = None
    while True:
        # One short reading a batch: a snapshot held over the whole run would keep the write-ahead log growing.
        with database.reading() as tx:
            page = items.all_public(tx, after=after, limit=BATCH)
            shown = listings.public_entries(tx, [item.id for item, _ in page])
        if not page:
            return
        yield [entry_of(seen) for seen in shown.values()]
        after = page[-1][0].id


def _put_right(database: Database, index: SearchIndex) -> None:
    held = dict(index.held())
    for batch in _batches(database):
        if behind := [entry for entry in batch if held.pop(entry.item, None) != entry.version]:
            index.put(behind)
    if held:
        index.remove(list(held))
