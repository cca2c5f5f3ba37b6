"""The whole index anew from the records, beside the old one."""

from collections.abc import Iterator, Sequence

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records import public
from indexer.records.database import Database
from indexer.search.port import Entry, SearchIndex
from indexer.search.publish import public_now

BATCH = 200


def rebuild(database: Database, index: SearchIndex) -> Iterator[int]:
    """Yield the number of items written after each batch; the old index serves until the last one. Raises IndexDown.

    Publishing goes on meanwhile: what it tells the old index, the new one holds too when it takes its place.
    """
    embedder = index.embedder()
    yield from index.rebuild(_batches(database, embedder), lambda items: _entries(database, items, embedder))


def _batches(database: Database, embedder: str) -> Iterator[Sequence[Entry]]:
    after: ItemId | None = None
    while True:
        # One short reading a batch: a snapshot held over the whole run would keep the write-ahead log growing.
        with database.reading() as tx:
            page = [item.id for item, _ in public.all_public(tx, after=after, limit=BATCH)]
            shown = public_now(tx, page, embedder=embedder, now=times.now())
        if not page:
            return
        yield list(shown.values())
        after = page[-1]


def _entries(database: Database, items: Sequence[ItemId], embedder: str) -> list[Entry]:
    with database.reading() as tx:
        return list(public_now(tx, items, embedder=embedder, now=times.now()).values())
