"""Reads the matching items that have public copies from a snapshot of the tantivy index."""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray

from indexer.catalogue.facets import Values
from indexer.search.tantivy.query import count_of, without

NUMBERS = ("key", "cluster", "place", "values")  # fast fields: thousands are read in a millisecond
MOST_KEPT = 50_000  # sets of values; a campaign has some hundred
MOST_CELLS = 4_000_000  # clusters times values for which a table of what is there is shorter than sorting
Pairs = frozenset[tuple[str, str]]
Rows = NDArray[np.intp]
NO_ROWS: Rows = np.zeros(0, dtype=np.intp)


def number_of(text: str) -> int:
    """Return 63 bits that stand for a text in a field of integers, which tantivy reads a hundred times faster."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def packed(values: Values) -> str:
    """Return the values of all facets as one text, the same for the same values."""
    return json.dumps(sorted((field, value) for field, some in values.items() for value in some), ensure_ascii=False)


class ValueSets:
    """The sets of facet values by their number, read from a document once: a number never means another set."""

    def __init__(self) -> None:
        self._sets: dict[int, Pairs] = {}
        self._lock = threading.Lock()

    def of(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, number: int) -> Pairs:
        """Return the values of a document whose `values` field holds this number."""
        if (held := self._sets.get(number)) is not None:
            return held
        read = json.loads(bytes(searcher.doc(address)["shown"][0]))[2]
        values: Pairs = frozenset((name, value) for name, value in json.loads(read))
        with self._lock:
            if len(self._sets) >= MOST_KEPT:
                self._sets.clear()
            self._sets[number] = values
        return values


class SharedCopies:
    """All items that have public copies in one snapshot of the index, read at the first use, each in its row."""

    def __init__(self, searcher: tantivy.Searcher, every: tantivy.Query, sets: ValueSets) -> None:
        """Every: the query that matches the items that have copies."""
        self._searcher, self._every, self._sets = searcher, every, sets
        self._read: _Columns | None = None
        self._lock = threading.Lock()

    def matching(self, query: tantivy.Query, *, most: int) -> Rows:
        """Return all that the query matches; it matches only items that have copies, at most `most`."""
        columns = self._columns()
        if 2 * count_of(self._searcher, query) <= most:
            return self._rows(query, most)
        held = np.ones(len(columns.keys), dtype=bool)  # each one that is given costs: the fewer are asked for
        held[self._rows(without(self._every, query), most)] = False
        return np.flatnonzero(held)

    def stand_ins(self, matching: Rows) -> list[int]:
        """Return, for each cluster whose original does not match, the key of the most original that does."""
        if not len(matching):
            return []
        columns = self._columns()
        has_original = np.zeros(columns.clusters.max() + 1, dtype=bool)
        has_original[columns.clusters[matching[columns.places[matching] == 0]]] = True
        rest = matching[~has_original[columns.clusters[matching]]]
        rest = rest[np.lexsort((columns.places[rest], columns.clusters[rest]))]
        is_first = np.diff(columns.clusters[rest], prepend=-1) != 0
        return [int(key) for key in columns.keys[rest[is_first]]]

    def _rows(self, query: tantivy.Query, most: int) -> Rows:
        found = self._searcher.search(query, limit=most, count=False).hits
        if not found:
            return NO_ROWS
        keys = self._searcher.fast_field_values("key", [address for _, address in found])
        return self._columns().rows_of(np.array(keys, dtype=np.int64))

    def counted_once(self, matching: Rows, names: Sequence[str]) -> dict[str, Counter[str]]:
        """Return, of each of the facets, how many clusters have a copy with a value."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        if not len(matching):
            return counts
        columns = self._columns()
        lengths = columns.lengths[matching]
        # Where the pairs of each row begin, then their places one after the other.
        begins = np.repeat(columns.begins[matching] - (np.cumsum(lengths) - lengths), lengths)
        once = distinct(columns.pairs[begins + np.arange(len(begins))], columns.cells)
        many = len(columns.values)
        times_of = np.bincount(once % max(many, 1), minlength=many)
        for (name, word), times in zip(columns.values, times_of.tolist(), strict=True):
            if times and name in counts:
                counts[name][word] = times
        return counts

    def _columns(self) -> "_Columns":
        with self._lock:
            if self._read is None:
                self._read = _columns(self._searcher, self._every, self._sets)
            return self._read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """by_key: the rows in the order of their keys; those keys are `ordered`. clusters: numbers from 0.

    values: (facet, value) by their number. pairs: of a cluster and a value in one number, below `cells`: those of all
    rows one after the other; those of a row stand from `begins` on, `lengths` of them.
    """

    by_key: Rows
    ordered: NDArray[np.int64]
    keys: NDArray[np.int64]
    clusters: NDArray[np.intp]
    places: NDArray[np.intp]
    values: Sequence[tuple[str, str]]
    pairs: NDArray[np.intp]
    cells: int
    begins: NDArray[np.intp]
    lengths: NDArray[np.intp]

    def rows_of(self, keys: NDArray[np.int64]) -> Rows:
        """Return the rows of keys that are all there, in any order: sorted ones are found in a quarter of the time."""
        found: Rows = self.by_key[np.searchsorted(self.ordered, np.sort(keys))]
        return found


def distinct(numbers: NDArray[np.intp], cells: int) -> NDArray[np.intp]:
    """Return each of the numbers once, in order; they are below `cells`, not below 0. Pure."""
    if cells <= MOST_CELLS:
        is_there = np.zeros(cells, dtype=bool)
        is_there[numbers] = True
        return np.flatnonzero(is_there)
    # Not by np.unique, whose hashing takes twenty times as long for so many (numpy 2.3, measured).
    every = np.sort(numbers)
    once: NDArray[np.intp] = every[np.diff(every, prepend=-1) != 0]
    return once


def _columns(searcher: tantivy.Searcher, every: tantivy.Query, sets: ValueSets) -> _Columns:
    """Read them all: by the first search after every commit, so nothing here goes through the rows one by one."""
    most = max(searcher.doc_freq("shared", 1), 1)
    addresses = [address for _, address in searcher.search(every, limit=most, count=False).hits]
    read = [np.array(searcher.fast_field_values(name, addresses), dtype=np.int64) for name in NUMBERS]
    keys, clusters, places, numbers = read
    numbered = np.unique(clusters, return_inverse=True)[1].reshape(-1)
    each, first, which = np.unique(numbers, return_index=True, return_inverse=True)
    of_each = [
        sets.of(searcher, addresses[row], number) for row, number in zip(first.tolist(), each.tolist(), strict=True)
    ]
    values = {value: place for place, value in enumerate(dict.fromkeys(value for some in of_each for value in some))}
    # The values of each set one after the other; then those of each row.
    end_to_end = np.array([values[value] for some in of_each for value in some], dtype=np.intp)
    lengths_of_each = np.array([len(some) for some in of_each], dtype=np.intp)
    lengths = lengths_of_each[which]
    begins = np.cumsum(lengths) - lengths
    begins_of_each = np.cumsum(lengths_of_each) - lengths_of_each
    held = end_to_end[np.repeat(begins_of_each[which] - begins, lengths) + np.arange(lengths.sum())]
    by_key = np.argsort(keys)
    return _Columns(
        by_key=by_key,
        ordered=keys[by_key],
        keys=keys,
        clusters=numbered,
        places=places,
        values=list(values),
        pairs=np.repeat(numbered, lengths) * len(values) + held,
        cells=(int(numbered.max(initial=-1)) + 1) * len(values),
        begins=begins,
        lengths=lengths,
    )
