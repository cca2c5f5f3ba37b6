"""Reads the matching items that have public copies from a snapshot of the tantivy index."""

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence

import tantivy

from indexer.search.shared import SharedCopy

NUMBERS = ("key", "cluster", "place", "values")  # fast fields: thousands are read in a millisecond
MOST_KEPT = 50_000  # sets of values; a campaign has some hundred
Values = frozenset[tuple[str, str]]


def number_of(text: str) -> int:
    """Return 63 bits that stand for a text in a field of integers, which tantivy reads a hundred times faster."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def packed(values: Mapping[str, Sequence[str]]) -> str:
    """Return the values of all facets as one text, the same for the same values."""
    return json.dumps(sorted((name, value) for name, some in values.items() for value in some), ensure_ascii=False)


class ValueSets:
    """The sets of facet values by their number, read from a document once: a number never means another set."""

    def __init__(self) -> None:
        self._sets: dict[int, Values] = {}
        self._lock = threading.Lock()

    def of(self, searcher: tantivy.Searcher, address: tantivy.DocAddress, number: int) -> Values:
        """Return the values of a document whose `values` field holds this number."""
        if (held := self._sets.get(number)) is not None:
            return held
        read = json.loads(bytes(searcher.doc(address)["shown"][0]))[2]
        values: Values = frozenset((name, value) for name, value in json.loads(read))
        with self._lock:
            if len(self._sets) >= MOST_KEPT:
                self._sets.clear()
            self._sets[number] = values
        return values


def read_shared(
    searcher: tantivy.Searcher, query: tantivy.Query, sets: ValueSets, *, most: int
) -> list[SharedCopy[int]]:
    """Return all that the query matches; it matches only items that have copies, at most `most`."""
    addresses = [address for _, address in searcher.search(query, limit=most, count=False).hits]
    if not addresses:
        return []
    keys, clusters, places, values = (searcher.fast_field_values(name, addresses) for name in NUMBERS)
    return [
        SharedCopy(key, cluster, place, sets.of(searcher, address, number))  # type: ignore[arg-type]  # never None here
        for address, key, cluster, place, number in zip(addresses, keys, clusters, places, values, strict=True)
    ]
