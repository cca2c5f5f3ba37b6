"""Write to the generation in use: the writer stays open for a moment, so that no change waits for a merge of files.

Every eighth commit makes tantivy merge the small files of an index. They merge behind an open writer while it goes on;
closing it is what waits for them. How large they may be says filling.py.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
import tantivy

from indexer.base.ids import ItemId
from indexer.search.port import IndexDown
from indexer.search.tantivy import vectors
from indexer.search.tantivy.folder import IndexFolder, engine_errors
from indexer.search.tantivy.query import count_of, everything

WRITER_BYTES = 15_000_000  # the least that tantivy takes: it makes tables of this size for every commit
# Of a whole index: so fewer parts are written, which are merged less often. 40 % less work on ordinary text (measured).
BUILD_BYTES = 128_000_000
HOLD_SECONDS = 1.0  # after the last change; other processes that wait for the writer get it at once
LOOK_SECONDS = 0.05

log = structlog.get_logger()


def open_writer(generation: Path, *, heap: int = WRITER_BYTES) -> tantivy.IndexWriter:
    """Open a writer of one generation; one at a time, which the caller sees to. Raises what tantivy raises.

    heap: bytes of memory that are filled before a part of the index is written.
    """
    writer = tantivy.Index.open(str(generation)).writer(heap_size=heap, num_threads=1)
    # What a killed writer had written and not committed: files of the names that the next commit would give its own.
    writer.garbage_collect_files()
    return writer


@dataclass(slots=True, kw_only=True)
class _Held:
    """An open writer. release: gives the folder's lock back. until: time.monotonic() when it is closed."""

    generation: Path
    writer: tantivy.IndexWriter
    release: contextlib.ExitStack
    until: float


def _nothing(_generation: Path) -> None:
    """Beside the documents there is nothing to write."""


class HeldWriter:
    """Writes to the generation in use of one folder, for all threads of this process."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._held: _Held | None = None

    def change(
        self,
        gone: Sequence[str],
        documents: Sequence[tantivy.Document],
        *,
        touched: Sequence[ItemId],
        beside: Callable[[Path], None] = _nothing,
    ) -> None:
        """Delete what has these `item` terms, add the documents, commit. Raises IndexDown, and then nothing changed.

        touched: what a rebuild that is under way has to look at again. beside: writes what stands beside the documents
        in the generation's folder, before they are seen.
        """
        with self._lock:
            if self._held is not None and self._folder.is_awaited():
                self._close()
            held = self._held or self._open()
            try:
                self._folder.note_touched(touched)
                with engine_errors():
                    write(held.writer, gone, documents)
                    beside(held.generation)
                    held.writer.commit()
            except BaseException:  # of whatever kind: what was not committed goes with the writer
                self._give_up(held)
                raise
            held.until = time.monotonic() + HOLD_SECONDS

    def close(self) -> None:
        """Wait for the merges and let others write; at once where nothing is open. Raises IndexDown."""
        with self._lock:
            self._close()

    def _open(self) -> _Held:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._folder.writing())
            with engine_errors():
                generation = self._folder.in_use()
                writer = open_writer(generation)
                vectors.tidy(generation, lambda: count_of(tantivy.Index.open(str(generation)).searcher(), everything()))
            held = _Held(
                generation=generation, writer=writer, release=stack.pop_all(), until=time.monotonic() + HOLD_SECONDS
            )
        self._held = held
        threading.Thread(target=self._close_when_unused, args=(held,), name="index writer", daemon=True).start()
        return held

    def _close(self) -> None:
        if (held := self._held) is None:
            return
        self._held = None
        with held.release, engine_errors():
            held.writer.wait_merging_threads()

    def _give_up(self, held: _Held) -> None:
        """Drop what was not committed; others write only once the engine has let go of the files."""
        self._held = None
        try:
            with held.release, engine_errors():
                held.writer.wait_merging_threads()
        except IndexDown as error:  # whoever made the change is told of what came first
            log.warning("index_writer_not_closed", why=str(error))

    def _close_when_unused(self, held: _Held) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            with self._lock:
                if self._held is not held:
                    return
                if time.monotonic() < held.until and not self._folder.is_awaited():
                    continue
                try:
                    self._close()
                except IndexDown as error:  # all changes are committed; what could not be merged is merged later
                    log.warning("index_not_merged", why=str(error))
                return


def write(writer: tantivy.IndexWriter, gone: Sequence[str], documents: Sequence[tantivy.Document]) -> None:
    """Delete what has these `item` terms, then add the documents; seen by nobody before a commit."""
    for term in gone:
        writer.delete_documents_by_term("item", term)
    for document in documents:
        writer.add_document(document)
