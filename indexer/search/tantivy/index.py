"""The default search engine: a tantivy index in the data folder, no server to start."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from indexer.base.ids import ItemId
from indexer.catalogue.facets import FIELDS, Values
from indexer.search.chinese import Asked, asked, characters, clean, words
from indexer.search.hits import hit_of
from indexer.search.port import Current, Entry, Found, Hit, Order, Query
from indexer.search.shared import added
from indexer.search.tantivy.folder import LOCK_SECONDS, IndexFolder, engine_errors, schema
from indexer.search.tantivy.query import QueryBuilder, every, plain, unscored
from indexer.search.tantivy.shared import NO_ROWS, Rows, SharedCopies, ValueSets, number_of, packed
from indexer.search.tantivy.writer import HeldWriter, open_writer, write

FEW = 50  # items that are written within a moment
MOST_KEPT = 300  # answers of one snapshot, of a page of hits each
FACET_VALUES = 2000  # more units than any campaign has
NOTHING = Found(hits=(), total=0, facets={field: {} for field in FIELDS})


class TantivyIndex:
    """One index folder; any number of processes and threads may read, one writes at a time."""

    def __init__(self, folder: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._folder = IndexFolder(folder, lock_seconds=lock_seconds)
        self._writer = HeldWriter(self._folder)
        self._opened: tuple[Path, tantivy.Index] | None = None
        self._seen: tuple[int, int] = (0, 0)
        self._held: _Snapshot | None = None
        self._build = QueryBuilder(schema())
        self._sets = ValueSets()
        self._lock = threading.Lock()

    def put(self, entries: Sequence[Entry]) -> None:
        self._change([entry.item for entry in entries], entries)

    def remove(self, items: Sequence[ItemId]) -> None:
        self._change(items, ())

    def find(self, query: Query) -> Found:
        wanted = asked(query.text)
        snapshot = self._snapshot()
        if snapshot is None or (query.text.strip() and not wanted.words):
            return NOTHING
        with engine_errors():
            return snapshot.found(query, wanted)

    def held(self) -> Mapping[ItemId, int]:
        snapshot = self._snapshot()
        if snapshot is None or not snapshot.searcher.num_docs:
            return {}
        searcher = snapshot.searcher
        with engine_errors():
            hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
            documents = (searcher.doc(address) for _, address in hits)
            return {ItemId(document["item"][0]): document["version"][0] for document in documents}

    def rebuild(self, batches: Iterable[Sequence[Entry]], current: Current) -> Iterator[int]:
        self._writer.close()
        with self._folder.building() as generation:
            writer = _opened(generation)
            for batch in batches:
                with engine_errors():
                    write(writer, (), _documents(batch))
                yield len(batch)
            _commit_and_close(writer)  # what takes long, before anybody has to wait for it
            self._finish(generation, current)

    def _finish(self, generation: Path, current: Current) -> None:
        """Bring what was written meanwhile to the new generation, and put it in use: the lock is held for few items."""
        seen = 0
        while True:
            with self._folder.writing():
                touched = self._folder.touched(after=seen)
                if len(touched) <= FEW:
                    _bring_over(generation, touched, current(touched))
                    self._folder.replace_by(generation)
                    return
            seen += len(touched)
            _bring_over(generation, touched, current(touched))

    def _change(self, gone: Sequence[ItemId], entries: Sequence[Entry]) -> None:
        self._writer.change([plain(item) for item in gone], _documents(entries), touched=gone)

    def _snapshot(self) -> "_Snapshot | None":
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
                self._held = _Snapshot(self._opened[1].searcher(), self._build, self._sets)
            return self._held


class _Snapshot:
    """The index as one commit left it, with what was read of it once and found in it already."""

    def __init__(self, searcher: tantivy.Searcher, build: QueryBuilder, sets: ValueSets) -> None:
        self.searcher, self.build = searcher, build
        self.copies = SharedCopies(searcher, build.shared(is_shared=True), sets)
        self._found: dict[Query, Found] = {}

    def found(self, query: Query, wanted: Asked) -> Found:
        """Return what the query finds. Answers are kept: most readers ask what others asked, page after page."""
        if (held := self._found.get(query)) is None:
            if len(self._found) >= MOST_KEPT:
                self._found = {}
            held = self._found[query] = _Search(self, query, wanted).found()
        return held


class _Search:
    """One find over one snapshot of the index."""

    def __init__(self, snapshot: _Snapshot, query: Query, wanted: Asked) -> None:
        self._searcher, self._build, self._held = snapshot.searcher, snapshot.build, snapshot.copies
        self._query, self._asked = query, wanted
        self._filters = self._build.filters(query)
        self._limits = self._build.limits(query)
        # How many items have copies; 0 where the query wants all of them listed, and nothing is to be counted once.
        self._shared = self._searcher.doc_freq("shared", 1) if query.collapse else 0

    def found(self) -> Found:
        text = self._build.all_words(self._asked) if self._asked.words else None
        copies = self._copies(text)
        total, hits, is_nearest = *self._hits(text, copies), False
        if not total and len(self._asked.words) > 1:
            text = self._build.most_words(self._asked)
            copies = self._copies(text)
            total, hits = self._hits(text, copies)
            is_nearest = total > 0
        return Found(hits=hits, total=total, facets=self._facets(text, copies), is_nearest=is_nearest)

    def _count(self, query: tantivy.Query) -> int:
        result = self._searcher.search(query, limit=1)
        return int(result.count)  # type: ignore[attr-defined]  # the package's stub lacks it

    def _narrowed(self, text: tantivy.Query | None, *more: tantivy.Query, without: str = "") -> tantivy.Query:
        narrowing = [query for name, query in self._filters.items() if name != without] + self._limits
        return every(([text] if text else []) + [unscored(query) for query in (*narrowing, *more)])

    def _copies(self, text: tantivy.Query | None, *, without: str = "") -> Rows:
        if not self._shared:
            return NO_ROWS
        query = self._narrowed(text, self._build.shared(is_shared=True), without=without)
        return self._held.matching(query, most=self._shared)

    def _listed(self, text: tantivy.Query | None, copies: Rows) -> tantivy.Query:
        if not self._shared:
            return self._narrowed(text)
        return self._narrowed(text, self._build.one_a_cluster(self._held.stand_ins(copies)))

    def _hits(self, text: tantivy.Query | None, copies: Rows) -> tuple[int, tuple[Hit, ...]]:
        """How many match, whatever the query's `before`, and the hits of its page."""
        listed, newest = self._listed(text, copies), self._query.order is Order.NEWEST or text is None
        # The engine reserves memory for offset + limit, however few there are: bound both by what there is.
        offset = min(max(self._query.offset, 0), self._searcher.num_docs)
        limit = min(max(self._query.limit, 0), self._searcher.num_docs - offset)
        if limit == 0 or self._query.before is not None:
            total = self._count(listed)
        if limit == 0:
            return total, ()
        page = listed if newest or text is None else self._build.scored(listed, self._asked)
        if self._query.before is not None:
            page = every([page, unscored(self._build.before(self._query.before))])
        field = "publication" if newest else None
        result = self._searcher.search(page, limit=limit, offset=offset, order_by_field=field)
        if self._query.before is None:
            total = int(result.count)  # type: ignore[attr-defined]  # the package's stub lacks it
        numbers = self._searcher.fast_field_values("publication", [address for _, address in result.hits])
        return total, tuple(
            self._hit(address, 0.0 if newest else float(score), int(number or 0))
            for (score, address), number in zip(result.hits, numbers, strict=True)
        )

    def _hit(self, address: tantivy.DocAddress, score: float, publication: int) -> Hit:
        document = self._searcher.doc(address)
        title, text, *_ = json.loads(bytes(document["shown"][0]))
        item, version = ItemId(document["item"][0]), document["version"][0]
        return hit_of(item, version, title=title, text=text, asked=self._asked, score=score, publication=publication)

    def _facets(self, text: tantivy.Query | None, copies: Rows) -> dict[str, dict[str, int]]:
        wanted = self._query.counted
        counts = self._counted(text, copies, [name for name in wanted if name not in self._filters])
        for name in [name for name in self._filters if name in wanted]:
            counts |= self._counted(text, self._copies(text, without=name), [name], without=name)
        return counts

    def _counted(
        self, text: tantivy.Query | None, copies: Rows, names: Sequence[str], *, without: str = ""
    ) -> dict[str, dict[str, int]]:
        """Engines count what has no copy; the rest is counted here, each cluster once a value."""
        if not names or not self._shared:
            return self._aggregate(self._narrowed(text, without=without), names)
        alone = self._narrowed(text, self._build.shared(is_shared=False), without=without)
        counts = self._aggregate(alone, names)
        return {name: added(counts[name], more) for name, more in self._held.counted_once(copies, names).items()}

    def _aggregate(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        wanted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
        answer: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}


def _opened(generation: Path) -> tantivy.IndexWriter:
    with engine_errors():
        return open_writer(generation)


def _bring_over(generation: Path, gone: Sequence[ItemId], entries: Sequence[Entry]) -> None:
    writer = _opened(generation)
    with engine_errors():
        write(writer, [plain(item) for item in gone], _documents(entries))
    _commit_and_close(writer)


def _commit_and_close(writer: tantivy.IndexWriter) -> None:
    with engine_errors():
        writer.commit()
        writer.wait_merging_threads()


def _documents(entries: Sequence[Entry]) -> list[tantivy.Document]:
    """One an item, the last of it."""
    return [_document(entry) for entry in {entry.item: entry for entry in entries}.values()]


def _document(entry: Entry) -> tantivy.Document:
    title, text = clean(entry.title), clean(entry.text)
    document = tantivy.Document()
    document.add_text("item", plain(entry.item))
    document.add_integer("version", entry.version)
    document.add_integer("shared", int(entry.shared))
    document.add_integer("place", entry.place)
    document.add_integer("publication", entry.publication)
    document.add_integer("key", number_of(entry.item))
    document.add_integer("cluster", number_of(entry.cluster))
    if entry.published is not None:
        document.add_integer("published", int(entry.published.timestamp()))
    values = Values({field: [plain(value) for value in some] for field, some in entry.values.items()})
    for field, some in values.items():
        for value in some:
            document.add_text(field, value)
    document.add_integer("values", number_of(packed(values)))
    document.add_text("title_chars", " ".join(characters(title)))
    document.add_text("text_chars", " ".join(characters(text)))
    document.add_text("names_chars", " ".join(characters(f"{entry.unit_name} {entry.author}")))
    document.add_text("title_words", " ".join(words(title)))
    document.add_text("text_words", " ".join(words(text)))
    document.add_bytes("shown", json.dumps([title, text, packed(values)], ensure_ascii=False).encode())
    return document
