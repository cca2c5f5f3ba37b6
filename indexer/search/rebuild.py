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
    written: dict[ItemId, int] = {}
    yield from index.rebuild(_noted(_batches(database), written))
    _put_right(database, index, written)


def _noted(batches: Iterator[Sequence[Entry]], written: dict[ItemId, int]) -> Iterator[Sequence[Entry]]:
    """The same batches; what stands in them is noted as a number an item."""
    for batch in batches:
        written |= {entry.item: hash(entry) for entry in batch}
        yield batch


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


def _put_right(database: Database, index: SearchIndex, written: dict[ItemId, int]) -> None:
    """Put what is another entry by now: a copy that was approved meanwhile changes the entries of all its copies."""
    for batch in _batches(database):
        if behind := [entry for entry in batch if written.pop(entry.item, None) != hash(entry)]:
            index.put(behind)
    if written:
        index.remove(list(written))
