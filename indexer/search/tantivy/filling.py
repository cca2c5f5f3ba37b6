"""Fills a new generation so that the changes after it are cheap: none of its parts is merged anew with every eighth.

tantivy merges the parts of an index whose numbers of items are alike, eight at a time, and takes all small ones for
alike: each eighth commit of one item would write a last part of 10,000 anew, which takes seconds beside the searches
otherwise. So no small part is left: what remains is merged, large enough; where the items are too few, with documents
that are no item.
"""

import json
import math
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import tantivy

from indexer.search.port import Entry
from indexer.search.tantivy import vectors
from indexer.search.tantivy.documents import documents
from indexer.search.tantivy.folder import engine_errors
from indexer.search.tantivy.vectors import VectorForm
from indexer.search.tantivy.writer import BUILD_BYTES, open_writer, write

# tantivy's LogMergePolicy: items below which parts are alike; how much larger they may be; how many are merged.
SMALL, ALIKE, MERGED = 10_000, 2**0.75, 8
APART = round(SMALL * ALIKE)  # items above which a part is left alone by the small ones
ENOUGH = 20_000  # as many as a part is given: of those that change later, it loses 3,000 before it is merged again
WORTH = 1000  # items: fewer are written anew within the time of two changes
MOST_CHARS = 20_000_000  # of texts that are held back: of long ones fewer
PAD = "\0pad"  # no id of an item: what fills a part has no other field, and no query finds it


class Filling:
    """Writes batches to a generation that nobody reads yet. Raises IndexDown.

    The last ones are held back until it is known that they are the last: together they are large enough.
    """

    def __init__(self, generation: Path, form: VectorForm | None) -> None:
        self._generation, self._form = generation, form
        self._writer: tantivy.IndexWriter | None = None
        self._waiting: deque[Sequence[Entry]] = deque()
        self._items = self._chars = 0

    def add(self, batch: Sequence[Entry]) -> Iterator[int]:
        """Take a batch; what enough follow is written. Yields the number written after each batch."""
        self._waiting.append(batch)
        self._items, self._chars = self._items + len(batch), self._chars + _chars(batch)
        while self._waiting and (self._chars > MOST_CHARS or self._items - len(self._waiting[0]) >= ENOUGH):
            yield self._write()

    def finish(self) -> Iterator[int]:
        """Write what is left, and wait for all merges. Yields the number written after each batch."""
        self._close()
        # First: else some of what is left would be merged with this, and less than enough remain.
        if settle(self._generation):  # in two parts, each small enough to be merged with that one
            half = self._items // 2
            while self._items > half:
                yield self._write()
            self._close()
        while self._waiting:
            yield self._write()
        self._close()
        settle(self._generation, is_last=True)

    def _write(self) -> int:
        batch = self._waiting.popleft()
        self._items, self._chars = self._items - len(batch), self._chars - _chars(batch)
        with engine_errors():
            if self._writer is None:
                self._writer = open_writer(self._generation, heap=BUILD_BYTES)
            write(self._writer, (), documents(batch))
            vectors.append(self._generation, self._form, batch)
        return len(batch)

    def _close(self) -> None:
        if (writer := self._writer) is not None:
            self._writer = None
            commit_and_close(writer)


def commit_and_close(writer: tantivy.IndexWriter) -> None:
    """Commit, and wait for the merges. Raises IndexDown."""
    with engine_errors():
        writer.commit()
        writer.wait_merging_threads()


def settle(generation: Path, *, is_last: bool = False) -> bool:
    """Merge the parts that every eighth commit would write anew, where they are then left alone. Raises IndexDown.

    They are merged once there are eight: small parts of documents that are no item are put beside them. is_last:
    nothing follows, and where the items are too few, such documents stay. Returns whether parts to be merged are left.
    """
    with engine_errors():
        parts = merged_next(sizes_of(generation))
        items, beside = sum(parts), MERGED - len(parts)
        if items < (WORTH if is_last else ENOUGH) or beside <= 0:
            return bool(parts)
        each = max(math.ceil((ENOUGH - items) / beside), 1)
        writer = open_writer(generation)
        for _ in range(beside):
            write(writer, (), [_pad() for _ in range(each)])
            writer.commit()
        writer.wait_merging_threads()
        if items >= ENOUGH:
            writer = open_writer(generation)
            write(writer, [PAD], ())
            commit_and_close(writer)
    return False


def _pad() -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("item", PAD)
    return document


def merged_next(sizes: Sequence[int]) -> list[int]:
    """Return those of the parts, by their numbers of items, that tantivy takes for like a new part of one. Pure."""
    alike: list[int] = []
    for size in sorted(sizes, reverse=True):
        if alike and max(size, SMALL) * ALIKE < max(alike[0], SMALL):
            alike = []
        alike.append(size)
    return alike if alike and alike[0] <= APART else []


def sizes_of(generation: Path) -> list[int]:
    """Of each part of a generation, how many items it holds."""
    held = json.loads((generation / "meta.json").read_bytes())["segments"]
    return [one["max_doc"] - (one.get("deletes") or {}).get("num_deleted_docs", 0) for one in held]


def _chars(batch: Sequence[Entry]) -> int:
    return sum(len(entry.text) for entry in batch)
