"""What is measured: our engine, and beside it what one could take instead, each over the same entries.

Raw tantivy cuts pairs of characters by itself and orders by BM25; FTS5 is SQLite's, with its trigrams; brute force goes
through all characters with numpy. None of these counts facets, marks what was found or shows a piece once.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import tantivy

from indexer.base.ids import ItemId
from indexer.catalogue.facets import Values
from indexer.search.chinese import characters
from indexer.search.port import Entry, Query
from indexer.search.tantivy.index import TantivyIndex
from indexer.search.terms import bigrams
from tests.benchmarks.searching.texts import Typed

SHOWN, TRIGRAM, LEAST_LIKE = 20, 3, 1
WRITER_BYTES = 64_000_000


class Engine(Protocol):
    """Something that is filled and asked, in a folder of its own."""

    def fill(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Index all entries; they are found on return."""
        ...

    def ask(self, typed: Typed, *, number: int) -> bool:
        """Look for what was typed; return whether this engine can. number: of the find, no two alike."""
        ...

    def put(self, entry: Entry) -> None:
        """Replace one entry; it is found on return."""
        ...


class Ours:
    """The index of the project, as the result page asks it: hits, total, all facets."""

    def __init__(self, folder: Path) -> None:
        self.index = TantivyIndex(folder)

    def fill(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Build it anew."""
        for _ in self.index.rebuild(batches, untouched):
            pass

    def ask(self, typed: Typed, *, number: int) -> bool:
        """Look for what was typed."""
        filters = Values(topics=(typed.topic,)) if typed.topic else Values()
        # White space says nothing, and keeps an answer that is kept from being given again.
        self.index.find(Query(text=typed.text + " " * number, filters=filters, limit=SHOWN))
        return True

    def put(self, entry: Entry) -> None:
        """Replace one entry."""
        self.index.put([entry])


class RawTantivy:
    """Title and text in one field each, cut by tantivy itself."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("item", stored=True, tokenizer_name="raw")
        builder.add_text_field("topic", tokenizer_name="raw")
        for name in ("title", "text"):
            builder.add_text_field(name, stored=True, tokenizer_name="pairs")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        cutting = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(min_gram=2, max_gram=2, prefix_only=False))
        self._index.register_tokenizer("pairs", cutting.filter(tantivy.Filter.lowercase()).build())

    def fill(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Index all entries."""
        writer = self._index.writer(WRITER_BYTES, 1)
        for batch in batches:
            for entry in batch:
                writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ask(self, typed: Typed, *, number: int) -> bool:
        """Look for all pairs of the needles, or some of a question's."""
        del number
        rows = typed.needles or (characters(typed.text),)
        occur = tantivy.Occur.Must if typed.needles else tantivy.Occur.Should
        queries = [(occur, self._pair(pair)) for row in rows for pair in bigrams(row)]
        if typed.topic:
            queries.append((tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "topic", typed.topic)))
        searcher = self._index.searcher()
        for _, address in searcher.search(tantivy.Query.boolean_query(queries), limit=SHOWN).hits:
            searcher.doc(address)
        return True

    def put(self, entry: Entry) -> None:
        """Replace one entry."""
        writer = self._index.writer(WRITER_BYTES, 1)
        writer.delete_documents_by_term("item", entry.item)
        writer.add_document(self._document(entry))
        writer.commit()
        self._index.reload()

    def _pair(self, pair: str) -> tantivy.Query:
        each = [tantivy.Query.term_query(self._schema, name, pair) for name in ("title", "text")]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])

    def _document(self, entry: Entry) -> tantivy.Document:
        topic = entry.values.get("topics", ("",))[0]
        return tantivy.Document(item=entry.item, topic=topic, title=entry.title, text=entry.text)


class Fts5:
    """SQLite's full-text search over trigrams; of less than three characters it reads all rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._records = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._records.execute("PRAGMA journal_mode = WAL")
        columns = "item UNINDEXED, topic UNINDEXED, title, text, tokenize = 'trigram'"
        self._records.execute(f"CREATE VIRTUAL TABLE pieces USING fts5({columns})")

    def fill(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Index all entries."""
        for batch in batches:
            self._records.execute("BEGIN")
            self._records.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?)", map(_row, batch))
            self._records.execute("COMMIT")

    def ask(self, typed: Typed, *, number: int) -> bool:
        """Look for all needles, or some of the trigrams of a question."""
        del number
        rows = typed.needles or (characters(typed.text),)
        if all(len(row) >= TRIGRAM for row in rows):
            some = [row[at : at + TRIGRAM] for row in rows for at in range(len(row) - TRIGRAM + 1)]
            wanted = " AND ".join(map(_quoted, rows)) if typed.needles else " OR ".join(map(_quoted, some))
            condition, values = "pieces MATCH ?", [wanted]
        else:
            condition, values = " AND ".join(["text LIKE ?"] * len(rows)), [f"%{row}%" for row in rows]
        if typed.topic:
            condition, values = f"{condition} AND topic = ?", [*values, typed.topic]
        order = "ORDER BY rank" if "MATCH" in condition else ""
        self._records.execute(f"SELECT * FROM pieces WHERE {condition} {order} LIMIT {SHOWN}", values).fetchall()  # noqa: S608
        return True

    def put(self, entry: Entry) -> None:
        """Replace one entry, whose row has its number."""
        number = int(entry.item[1:]) + 1
        self._records.execute("BEGIN")
        self._records.execute("DELETE FROM pieces WHERE rowid = ?", (number,))
        self._records.execute(
            "INSERT INTO pieces (rowid, item, topic, title, text) VALUES (?, ?, ?, ?, ?)", (number, *_row(entry))
        )
        self._records.execute("COMMIT")


class BruteForce:
    """All characters in one array: what holds a needle is found by comparing them all. No question, no put."""

    def __init__(self, folder: Path) -> None:
        del folder
        self._codes = np.zeros(0, dtype=np.uint16)
        self._begins = np.zeros(0, dtype=np.int64)
        self._topics: Sequence[str] = ()

    def fill(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Lay the characters end to end."""
        rows, topics = [], []
        for batch in batches:
            rows += [np.frombuffer(f"{one.title}\n{one.text}\n".encode("utf-16-le"), dtype=np.uint16) for one in batch]
            topics += [one.values.get("topics", ("",))[0] for one in batch]
        self._codes = np.concatenate(rows)
        self._begins = np.cumsum([0, *map(len, rows)])[:-1]
        self._topics = np.array(topics)  # type: ignore[assignment]  # asked as an array, too

    def ask(self, typed: Typed, *, number: int) -> bool:
        """Look for all needles."""
        del number
        if not typed.needles:
            return False
        held = [np.unique(np.searchsorted(self._begins, self._places(one), side="right") - 1) for one in typed.needles]
        found = held[0]
        for other in held[1:]:
            found = np.intersect1d(found, other, assume_unique=True)
        if typed.topic:
            found = found[np.asarray(self._topics)[found] == typed.topic]
        return len(found) >= 0

    def put(self, entry: Entry) -> None:
        """Say that it cannot."""
        raise NotImplementedError(entry.item)

    def _places(self, needle: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        wanted = np.frombuffer(needle.encode("utf-16-le"), dtype=np.uint16)
        places = np.flatnonzero(self._codes[: len(self._codes) - len(wanted) + 1] == wanted[0])
        for offset, code in enumerate(wanted[1:], start=1):
            places = places[self._codes[places + offset] == code]
        return places


ENGINES: Mapping[str, Callable[[Path], Engine]] = {
    "ours": Ours,
    "raw tantivy": RawTantivy,
    "FTS5, trigrams": Fts5,
    "numpy, brute force": BruteForce,
}


def untouched(items: Sequence[ItemId]) -> Sequence[Entry]:
    """Nobody writes while the index is built."""
    if items:
        raise AssertionError(items)
    return ()


def _row(entry: Entry) -> tuple[str, str, str, str]:
    return entry.item, entry.values.get("topics", ("",))[0], entry.title, entry.text


def _quoted(row: str) -> str:
    return '"' + row.replace('"', '""') + '"'
