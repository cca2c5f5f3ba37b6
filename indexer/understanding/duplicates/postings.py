"""Find items that share runs with a text: for each run of all sketches the items that hold it.

The postings lie in sorted arrays, each many times as large as the next, as in a log-structured merge tree: an item is
added in constant time, and a look-up is one binary search in each of a few arrays, whether there are ten thousand items
or a million (`make bench-understand`). A run costs 8 bytes; an item of 500 letters about 0.7 kB, with its id.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.sketches import Sketch

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

NEAREST = 20  # items that are compared letter by letter
LEAST_SHARED = 2  # runs; one alone is often a phrase or chance
FEW_RUNS = 8  # of so short a text one shared run is enough
# Of the items that hold one run so many are looked at. What stands in more (an advert, the words of a template) tells
# little; of hundreds of copies the first are enough to join them.
MOST_HOLDERS = 64
WAITING_ITEMS = 256  # items that wait unsorted, so that not each of them makes a small array
GROWTH = 6  # times as large as a level is the one before it: fewer to search, and more often made one
_PLACE_BITS = np.uint64(32)
_PLACES = np.uint64(0xFFFFFFFF)
Postings = NDArray[np.uint64]  # run in the upper half, place of the item in the lower; sorted


class KnownSketches:
    """Which items hold which runs, kept up to date as others come. An item's older sketch is replaced."""

    def __init__(self, sketches: Iterable[tuple[ItemId, bytes]] = ()) -> None:
        self._items: list[ItemId | None] = []  # by place; None where a newer sketch of the item has another one
        self._places: dict[ItemId, int] = {}
        self._digests: list[int] = []
        self._levels: list[Postings] = []
        self._waiting: list[Postings] = []
        self.add_all(sketches)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def size_bytes(self) -> int:
        """What the postings take, without the ids of the items."""
        return sum(level.nbytes for level in (*self._levels, *self._waiting))

    def nearest(self, sketch: Sketch, *, but: ItemId) -> list[ItemId]:
        """Return at most 20 other items that share runs with the text of this sketch, those that share most first.

        A run counts the more the fewer items hold it: so a copy comes before all that was written from one template.
        """
        if not len(sketch):
            return []
        self._sort_waiting()
        places, weights = self._holders(sketch)
        found, of = np.unique(places, return_inverse=True)
        score, shared = np.bincount(of, weights=weights), np.bincount(of)
        least = 1 if len(sketch) < FEW_RUNS else LEAST_SHARED
        order = np.argsort(-score, kind="stable")
        near = (self._items[int(found[place])] for place in order if shared[place] >= least)
        others = [item for item in near if item is not None and item != but]
        return others[:NEAREST]

    def holders(self, sketch: Sketch) -> NDArray[np.int64]:
        """Return how many items hold each run of a sketch, those counted again whose sketch was replaced."""
        self._sort_waiting()
        firsts, held = sketch.astype(np.uint64) << _PLACE_BITS, np.zeros(len(sketch), dtype=np.int64)
        for level in self._levels:
            starts, ends = _spans(level, firsts)
            held += ends - starts
        return held

    def add(self, item: ItemId, sketch: Sketch) -> None:
        """Know an item from now on."""
        digest = hash(sketch.tobytes())
        known = self._places.get(item)
        if known is not None:
            if self._digests[known] == digest:
                return
            self._items[known] = None
        place = self._places[item] = len(self._items)
        self._items.append(item)
        self._digests.append(digest)
        self._waiting.append((sketch.astype(np.uint64) << _PLACE_BITS) | np.uint64(place))
        if len(self._waiting) >= WAITING_ITEMS:
            self._sort_waiting()

    def add_all(self, sketches: Iterable[tuple[ItemId, bytes]]) -> None:
        """Know these items from now on; each sketch as `tobytes` gave it."""
        for item, raw in sketches:
            self.add(item, np.frombuffer(raw, dtype=np.uint32))

    def _sort_waiting(self) -> None:
        """Make a level of what waits, and one of any two that are about as large."""
        if not self._waiting:
            return
        level = np.concatenate(self._waiting)
        self._waiting = []
        level.sort()
        while self._levels and len(self._levels[-1]) <= GROWTH * len(level):
            level = np.concatenate((self._levels.pop(), level))
            level.sort(kind="stable")  # takes runs that are sorted already as they are
        self._levels.append(level)

    def _holders(self, sketch: Sketch) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the places of items that hold one of the runs, once for each, and what that run weighs."""
        firsts = sketch.astype(np.uint64) << _PLACE_BITS
        spans = [_spans(level, firsts) for level in self._levels]
        held = np.sum([ends - starts for starts, ends in spans], axis=0) if spans else np.zeros(len(sketch))
        weights, left = 1.0 / np.maximum(held, 1), np.full(len(sketch), MOST_HOLDERS)
        places, of = [np.empty(0, np.intp)], [np.empty(0)]
        for level, (starts, ends) in zip(self._levels, spans, strict=True):
            counts = np.minimum(ends - starts, left)
            left = left - counts
            offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
            places.append((level[np.repeat(starts, counts) + offsets] & _PLACES).astype(np.intp))
            of.append(np.repeat(weights, counts))
        return np.concatenate(places), np.concatenate(of)


def _spans(level: Postings, firsts: Postings) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the postings of each run begin and end; most runs have none, and their end is not looked for."""
    starts = np.searchsorted(level, firsts)
    ends = starts.copy()
    there = np.flatnonzero((level[np.minimum(starts, len(level) - 1)] ^ firsts) <= _PLACES)
    there = there[starts[there] < len(level)]
    ends[there] = np.searchsorted(level, firsts[there] | _PLACES, "right")
    return starts, ends
