"""The default search engine: a tantivy index in the data folder, no server to start."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import tantivy

from indexer.base.ids import ItemId
from indexer.search.meaning import Meaning
from indexer.search.port import Current, Entry, Found, Query
from indexer.search.ranker.finding import NOTHING
from indexer.search.tantivy import vectors
from indexer.search.tantivy.documents import documents
from indexer.search.tantivy.filling import Filling, commit_and_close
from indexer.search.tantivy.folder import LOCK_SECONDS, IndexFolder, engine_errors, schema
from indexer.search.tantivy.query import QueryBuilder, everything, plain
from indexer.search.tantivy.shared import ValueSets
from indexer.search.tantivy.vectors import VectorForm, VectorRows
from indexer.search.tantivy.view import Snapshot
from indexer.search.tantivy.writer import HeldWriter, open_writer, write

FEW = 50  # items that are written within a moment


class TantivyIndex:
    """One index folder; any number of processes and threads may read, one writes at a time."""

    def __init__(self, folder: Path, *, lock_seconds: float = LOCK_SECONDS, meaning: Meaning | None = None) -> None:
        """Meaning: of what is searched for, by the model whose vectors new generations hold; None holds none."""
        self._meaning = meaning
        self._folder = IndexFolder(folder, lock_seconds=lock_seconds, form=self._form)
        self._writer = HeldWriter(self._folder)
        self._opened: tuple[Path, tantivy.Index] | None = None
        self._seen: tuple[int, int] = (0, 0)
        self._held: Snapshot | None = None
        self._build = QueryBuilder(schema())
        self._sets = ValueSets()
        self._rows: VectorRows | None = None
        self._lock = threading.Lock()

    def embedder(self) -> str:
        return self._meaning.model().name if self._meaning else ""

    def put(self, entries: Sequence[Entry]) -> None:
        self._change([entry.item for entry in entries], entries)

    def remove(self, items: Sequence[ItemId]) -> None:
        self._change(items, ())

    def find(self, query: Query) -> Found:
        snapshot = self._snapshot()
        return NOTHING if snapshot is None else snapshot.found(query)

    def held(self) -> Mapping[ItemId, int]:
        snapshot = self._snapshot()
        if snapshot is None or not snapshot.searcher.num_docs:
            return {}
        searcher = snapshot.searcher
        with engine_errors():
            hits = searcher.search(everything(), limit=searcher.num_docs).hits
            found = (searcher.doc(address) for _, address in hits)
            return {ItemId(document["item"][0]): document["version"][0] for document in found}

    def rebuild(self, batches: Iterable[Sequence[Entry]], current: Current) -> Iterator[int]:
        self._writer.close()
        with self._folder.building() as generation:
            filling = Filling(generation, self._form())
            for batch in batches:
                yield from filling.add(batch)
            yield from filling.finish()  # what takes long, before anybody has to wait for it
            self._finish(generation, current)

    def _finish(self, generation: Path, current: Current) -> None:
        """Bring what was written meanwhile to the new generation, and put it in use: the lock is held for few items."""
        seen = 0
        while True:
            with self._folder.writing():
                touched = self._folder.touched(after=seen)
                if len(touched) <= FEW:
                    self._bring_over(generation, touched, current(touched))
                    self._folder.replace_by(generation)
                    return
            seen += len(touched)
            self._bring_over(generation, touched, current(touched))

    def _change(self, gone: Sequence[ItemId], entries: Sequence[Entry]) -> None:
        form = self._form() if entries else None  # a removal waits for no model
        self._writer.change(
            [plain(item) for item in gone],
            documents(entries),
            touched=gone,
            beside=lambda generation: vectors.append(generation, form, entries),
        )

    def _bring_over(self, generation: Path, gone: Sequence[ItemId], entries: Sequence[Entry]) -> None:
        form = self._form()
        with engine_errors():
            writer = open_writer(generation)
            write(writer, [plain(item) for item in gone], documents(entries))
            vectors.append(generation, form, entries)
        commit_and_close(writer)

    def _vectors(self, generation: Path) -> VectorRows | None:
        form = self._form()
        self._rows = vectors.read(generation, form, self._rows) if form else None
        return self._rows

    def _form(self) -> VectorForm | None:
        if self._meaning is None:
            return None
        model = self._meaning.model()
        return VectorForm(model=model.name, dimensions=model.dimensions)

    def _snapshot(self) -> Snapshot | None:
        """What sees every commit of every process up to now; None where nothing was ever written."""
        with self._lock, engine_errors():
            if (generation := self._folder.current()) is None:
                return None
            # tantivy replaces this file with every commit, so its stamp tells whether there is anything new.
            stamp = (generation / "meta.json").stat()
            seen = (stamp.st_ino, stamp.st_mtime_ns)
            if self._opened is None or self._opened[0] != generation:
                self._opened, self._held = (generation, tantivy.Index.open(str(generation))), None
            elif seen != self._seen:
                self._opened[1].reload()
                self._held = None
            self._seen = seen
            if self._held is None:
                self._held = Snapshot(
                    self._opened[1].searcher(),
                    self._build,
                    self._sets,
                    mean=self._meaning.sense if self._meaning else None,
                    vectors=partial(self._vectors, generation),
                )
            return self._held
