"""An index that follows the records a moment later, asked as if it had followed already."""

from collections.abc import Mapping
from dataclasses import replace

from indexer.base.ids import ItemId
from indexer.records import outbox
from indexer.records.database import Database
from indexer.search.port import Found, Query, SearchReader


class Following:
    """The same index; what was taken back and is still held is neither found nor counted, in totals nor facets."""

    def __init__(self, index: SearchReader, database: Database) -> None:
        self._index, self._database = index, database

    def find(self, query: Query) -> Found:
        with self._database.reading() as tx:
            # Asked before the index is: what leaves the outbox meanwhile has left the index first.
            unseen = outbox.taken_back(tx)
        return self._index.find(replace(query, unseen=unseen) if unseen else query)

    def held(self) -> Mapping[ItemId, int]:
        return self._index.held()
