"""The default search engine: a tantivy index in the data folder, no server to start."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from indexer.items import ItemId
from indexer.search.chinese import Asked, asked, characters, clean, words
from indexer.search.hits import hit_of
from indexer.search.port import Entry, Found, Hit, Order, Query
from indexer.search.shared import SharedCopy, added, counted_once, stand_ins
from indexer.search.tantivy_folder import LOCK_SECONDS, IndexFolder, engine_errors, schema
from indexer.search.tantivy_query import FACETS, QueryBuilder, every, plain, unscored
from indexer.search.tantivy_shared import ValueSets, number_of, packed, read_shared

WRITER_BYTES = 32_000_000
FACET_VALUES = 2000  # more units than any campaign has
NOTHING = Found(hits=(), total=0, facets={name: {} for name in FACETS})


class TantivyIndex:
    """One index folder; any number of processes and threads may read, one writes at a time."""

    def __init__(self, folder: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._folder = IndexFolder(folder, lock_seconds=lock_seconds)
        self._opened: tuple[Path, tantivy.Index] | None = None
        self._seen: tuple[int, int] = (0, 0)
        self._build = QueryBuilder(schema())
        self._sets = ValueSets()
        self._lock = threading.Lock()

    def put(self, entries: Sequence[Entry]) -> None:
        with self._folder.writing():
            self._write(self._in_use(), gone=[entry.item for entry in entries], entries=entries)

    def remove(self, items: Sequence[ItemId]) -> None:
        with self._folder.writing():
            self._write(self._in_use(), gone=items, entries=())

    def find(self, query: Query) -> Found:
        wanted = asked(query.text)
        searcher = self._searcher()
        if searcher is None or (query.text.strip() and not wanted.words):
            return NOTHING
        with engine_errors():
            return _Search(searcher, self._build, self._sets, query, wanted).found()

    def held(self) -> Mapping[ItemId, int]:
        searcher = self._searcher()
        if searcher is None or not searcher.num_docs:
            return {}
        with engine_errors():
            hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
            documents = (searcher.doc(address) for _, address in hits)
            return {ItemId(document["item"][0]): document["version"][0] for document in documents}

    def rebuild(self, batches: Iterable[Sequence[Entry]]) -> Iterator[int]:
        with self._folder.writing():
            generation = self._folder.begin()
            for batch in batches:
                self._write(generation, gone=(), entries=batch)
                yield len(batch)
            self._folder.swap_to(generation)

    def _in_use(self) -> Path:
        """The generation in use; the first one where there is none. Only while writing."""
        if (generation := self._folder.current()) is None:
            generation = self._folder.begin()
            self._folder.swap_to(generation)
        return generation

    def _write(self, generation: Path, *, gone: Sequence[ItemId], entries: Sequence[Entry]) -> None:
        with engine_errors():
            writer = tantivy.Index.open(str(generation)).writer(heap_size=WRITER_BYTES, num_threads=1)
            for item in gone:
                writer.delete_documents_by_term("item", plain(item))
            for entry in {entry.item: entry for entry in entries}.values():
                writer.add_document(_document(entry))
            writer.commit()
            writer.wait_merging_threads()

    def _searcher(self) -> tantivy.Searcher | None:
        """A searcher that sees every commit of every process up to now; None where nothing was ever written."""
        with self._lock, engine_errors():
            if (generation := self._folder.current()) is None:
                return None
            # tantivy replaces this file with every commit, so its stamp tells whether there is anything new.
            stamp = (generation / "meta.json").stat()
            seen = (stamp.st_ino, stamp.st_mtime_ns)
            if self._opened is None or self._opened[0] != generation:
                self._opened = (generation, tantivy.Index.open(str(generation)))
            elif seen != self._seen:
                self._opened[1].reload()
            self._seen = seen
            return self._opened[1].searcher()


class _Search:
    """One find over one snapshot of the index."""

    def __init__(
        self, searcher: tantivy.Searcher, build: QueryBuilder, sets: ValueSets, query: Query, wanted: Asked
    ) -> None:
        self._searcher, self._query, self._asked = searcher, query, wanted
        self._build, self._sets = build, sets
        self._filters = self._build.filters(query)
        self._limits = self._build.limits(query)
        # How many items have copies; 0 where the query wants all of them listed, and nothing is to be counted once.
        self._shared = searcher.doc_freq("shared", 1) if query.collapse else 0

    def found(self) -> Found:
        text = self._build.all_words(self._asked) if self._asked.words else None
        copies = self._copies(text)
        total, is_nearest = self._count(self._listed(text, copies)), False
        if not total and len(self._asked.words) > 1:
            text = self._build.most_words(self._asked)
            copies = self._copies(text)
            total = self._count(self._listed(text, copies))
            is_nearest = total > 0
        hits = self._hits(text, copies, total)
        return Found(hits=hits, total=total, facets=self._facets(text, copies), is_nearest=is_nearest)

    def _count(self, query: tantivy.Query) -> int:
        result = self._searcher.search(query, limit=1)
        return int(result.count)  # type: ignore[attr-defined]  # the package's stub lacks it

    def _narrowed(self, text: tantivy.Query | None, *more: tantivy.Query, without: str = "") -> tantivy.Query:
        narrowing = [query for name, query in self._filters.items() if name != without] + self._limits
        return every(([text] if text else []) + [unscored(query) for query in (*narrowing, *more)])

    def _copies(self, text: tantivy.Query | None, *, without: str = "") -> list[SharedCopy[int]]:
        if not self._shared:
            return []
        query = self._narrowed(text, self._build.shared(is_shared=True), without=without)
        return read_shared(self._searcher, query, self._sets, most=self._shared)

    def _listed(self, text: tantivy.Query | None, copies: Sequence[SharedCopy[int]]) -> tantivy.Query:
        if not self._shared:
            return self._narrowed(text)
        return self._narrowed(text, self._build.one_a_cluster(stand_ins(copies)))

    def _hits(self, text: tantivy.Query | None, copies: Sequence[SharedCopy[int]], total: int) -> tuple[Hit, ...]:
        # The engine reserves memory for offset + limit, however few there are: bound both by what was counted.
        offset = min(max(self._query.offset, 0), total)
        limit = min(max(self._query.limit, 0), total - offset)
        if limit == 0:
            return ()
        newest = self._query.order is Order.NEWEST or text is None
        listed = self._listed(text if newest or text is None else self._build.scored(text, self._asked), copies)
        if self._query.before is not None:
            listed = every([listed, unscored(self._build.before(self._query.before))])
        field = "publication" if newest else None
        found = self._searcher.search(listed, limit=limit, offset=offset, order_by_field=field).hits
        numbers = self._searcher.fast_field_values("publication", [address for _, address in found])
        return tuple(
            self._hit(address, 0.0 if newest else float(score), int(number or 0))
            for (score, address), number in zip(found, numbers, strict=True)
        )

    def _hit(self, address: tantivy.DocAddress, score: float, publication: int) -> Hit:
        document = self._searcher.doc(address)
        title, text, *_ = json.loads(bytes(document["shown"][0]))
        item, version = ItemId(document["item"][0]), document["version"][0]
        return hit_of(item, version, title=title, text=text, asked=self._asked, score=score, publication=publication)

    def _facets(self, text: tantivy.Query | None, copies: Sequence[SharedCopy[int]]) -> dict[str, dict[str, int]]:
        free = [name for name in FACETS if name not in self._filters]
        counts = self._counted(text, copies, free)
        for name in self._filters:
            counts |= self._counted(text, self._copies(text, without=name), [name], without=name)
        return counts

    def _counted(
        self, text: tantivy.Query | None, copies: Sequence[SharedCopy[int]], names: Sequence[str], *, without: str = ""
    ) -> dict[str, dict[str, int]]:
        """Engines count what has no copy; the rest is counted here, each cluster once a value."""
        if not self._shared:
            return self._aggregate(self._narrowed(text, without=without), names)
        alone = self._narrowed(text, self._build.shared(is_shared=False), without=without)
        counts = self._aggregate(alone, names)
        return {name: added(counts[name], more) for name, more in counted_once(copies, names).items()}

    def _aggregate(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        wanted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
        answer: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}


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
    values = {name: [plain(value) for value in some] for name, some in _filter_values(entry).items()}
    for name, some in values.items():
        for value in some:
            document.add_text(name, value)
    document.add_integer("values", number_of(packed(values)))
    document.add_text("title_chars", " ".join(characters(title)))
    document.add_text("text_chars", " ".join(characters(text)))
    document.add_text("names_chars", " ".join(characters(f"{entry.unit_name} {entry.author}")))
    document.add_text("title_words", " ".join(words(title)))
    document.add_text("text_words", " ".join(words(text)))
    document.add_bytes("shown", json.dumps([title, text, packed(values)], ensure_ascii=False).encode())
    return document


def _filter_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {
        "topics": entry.topics,
        "audiences": entry.audiences,
        "actions": entry.actions,
        "districts": entry.districts,
        "units": (entry.unit,),
        "kinds": (str(entry.kind),),
    }
