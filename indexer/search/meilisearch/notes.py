"""What is noted on a Meilisearch server while an index is built beside the one in use: where, and what changes.

An index of its own, whose first document says by which name the new one is built. Whoever builds another one makes
that document anew; who finds another name there has been overtaken.
"""

from collections.abc import Sequence

from indexer.base.ids import ItemId
from indexer.search.chinese import clean
from indexer.search.meilisearch.indexes import KEY, Indexes

MARK = "an-index-is-being-built"  # among the notes, in the place of an item
BUILDING, IS_OPEN = "building", "is_open"


class Notes:
    """The notes of one index; name: theirs."""

    def __init__(self, indexes: Indexes, name: str) -> None:
        self._indexes, self._name = indexes, name

    def begin(self, building: str) -> None:
        """Note under which name an index is about to be made; nobody writes to it before `open`."""
        self._indexes.drop(self._name)
        self._indexes.create(self._name)
        self._write(building, is_open=False)

    def open(self, building: str) -> None:
        """From here on whoever writes notes it, and writes to that index as well."""
        self._write(building, is_open=True)

    def building(self) -> str:
        """Return the name of the index that is made, or was when its builder was killed; empty where none is."""
        return str((self._indexes.document(self._name, MARK) or {}).get(BUILDING, ""))

    def add(self, items: Sequence[ItemId]) -> str:
        """Before they are written: note these items, and return where else they are written; empty where nowhere."""
        mark = self._indexes.document(self._name, MARK) or {}
        if not mark.get(IS_OPEN):
            return ""
        self._indexes.write(self._name, [{KEY: clean(item)} for item in items])
        return str(mark[BUILDING])

    def taken(self) -> list[ItemId]:
        """Return the items noted, which stand there no longer: taken away before they are read from the records."""
        noted = [item for item in self._indexes.listed(self._name, [KEY]) if item != MARK]
        self._indexes.take_away(self._name, noted)
        return noted

    def drop(self) -> None:
        """End them."""
        self._indexes.drop(self._name)

    def _write(self, building: str, *, is_open: bool) -> None:
        self._indexes.write(self._name, [{KEY: MARK, BUILDING: building, IS_OPEN: is_open}])
