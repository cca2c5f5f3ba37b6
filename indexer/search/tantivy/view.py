"""One snapshot of the tantivy index: what holds what, how many, and counts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from indexer.search.engine import Answer, Base, Held, Key, Listed, Listing, Near, Vector
from indexer.search.port import Found, Meant, Query
from indexer.search.ranker.finding import find
from indexer.search.ranker.mixing import Mean
from indexer.search.shared import added
from indexer.search.tantivy.documents import held_of
from indexer.search.tantivy.folder import engine_errors
from indexer.search.tantivy.query import QueryBuilder, count_of, every, unscored, without
from indexer.search.tantivy.shared import NO_ROWS, Rows, SharedCopies, ValueSets, number_of
from indexer.search.tantivy.vectors import VectorRows

MOST_KEPT = 300  # answers of one snapshot, of a page of hits each
MOST_COUNTS = 10_000  # of pairs of characters, in one snapshot
MOST_READ, READ_CHARS = 3000, 2000  # items of one snapshot that stay read, and how long a text may be for it
FACET_VALUES = 2000  # more units than any campaign has
FEW_NEAR, GROWTH = 2000, 4  # items that are all compared; by how much more are looked at


def no_rows() -> None:
    """What items mean is not held."""


class Snapshot:
    """The index as one commit left it, with what was read of it once and found in it already."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        build: QueryBuilder,
        sets: ValueSets,
        *,
        mean: Mean | None = None,
        vectors: Callable[[], VectorRows | None] = no_rows,
    ) -> None:
        """Mean: what says what a query means. vectors: reads what the items mean, at the first need."""
        self.searcher, self.build = searcher, build
        self._mean, self._read_vectors = mean, vectors
        self._vectors: tuple[VectorRows | None] | None = None
        self.copies = SharedCopies(searcher, build.shared(is_shared=True), sets)
        self._found: dict[Query, Found] = {}
        self._counts: dict[tuple[Base, Listing], int] = {}
        self._held: dict[Key, Held] = {}

    def count(self, free: Base, listing: Listing, query: Callable[[], tantivy.Query]) -> int:
        """Return how many items a free list has: asked for every query that has the same pair of characters.

        free: of the base, what counts for such lists. query: makes it, where it is to be asked.
        """
        key = (free, listing)
        if (held := self._counts.get(key)) is None:
            if len(self._counts) >= MOST_COUNTS:
                self._counts = {}
            held = self._counts[key] = count_of(self.searcher, query())
        return held

    def held(self, key: Key, address: tantivy.DocAddress) -> Held:
        """Return what is held of an item: the newest, and what holds a common word, are compared by every search."""
        if (held := self._held.get(key)) is None:
            held = held_of(self.searcher.doc(address), key=key)
            if len(held.text) > READ_CHARS:
                return held
            if len(self._held) >= MOST_READ:
                self._held = {}
            self._held[key] = held
        return held

    def found(self, query: Query) -> Found:
        """Return what the query finds. Answers are kept: most readers ask what others asked. Raises IndexDown."""
        if (held := self._found.get(query)) is None:
            if len(self._found) >= MOST_KEPT:
                self._found = {}
            held = find(TantivyView(self), query, self._mean)
            if held.meant is not Meant.ASLEEP:  # the next one who asks has the vector
                self._found[query] = held
        return held

    def vectors(self) -> VectorRows | None:
        """Return what the items mean; None where the index holds no vectors of the model. Raises OSError."""
        if self._vectors is None:
            self._vectors = (self._read_vectors(),)
        return self._vectors[0]


class TantivyView:
    """A View of one snapshot. Keys are the numbers of items."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._searcher, self._build = snapshot, snapshot.searcher, snapshot.build
        self._places: dict[Key, tantivy.DocAddress] = {}

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        with engine_errors():
            asking = _Asking(self._snapshot, base)
            return Answer(lists=[self._listed(asking, one) for one in lists], facets=asking.facets(counted))

    def near(self, base: Base, vector: Vector, limit: int) -> Sequence[Near] | None:
        with engine_errors():
            if (held := self._snapshot.vectors()) is None:
                return None
            narrowing = [*self._build.filters(base).values(), *self._build.limits(base)]
            return self._nearest(held, held.cosines(vector), every(unscored(one) for one in narrowing), limit)

    def read(self, keys: Sequence[Key]) -> Sequence[Held]:
        with engine_errors():
            return [self._snapshot.held(key, self._places[key]) for key in keys]

    def _nearest(
        self, held: VectorRows, cosines: NDArray[np.float32], allowed: tantivy.Query, limit: int
    ) -> list[Near]:
        """The nearest that the index holds and the filters let through: looked for from the nearest on, more each time.

        Where the filters let few through, those are looked at instead.
        """
        found: list[Near] = []
        if (few := count_of(self._searcher, allowed)) <= FEW_NEAR:
            order = held.places(self._keys(allowed, few))
            order = order[np.argsort(-cosines[order], kind="stable")]
        else:
            order = np.argsort(-cosines, kind="stable")
        begin, size = 0, 2 * limit
        while begin < len(order) and len(found) < limit:
            some = order[begin : begin + size]
            keys = held.keys[some].tolist()
            there = set(self._keys(every([allowed, self._build.keys(keys)]), len(keys)))
            found += [
                Near(key=key, cosine=cosine)
                for key, cosine in zip(keys, cosines[some].tolist(), strict=True)
                if key in there
            ]
            begin, size = begin + size, size * GROWTH
        return found[:limit]

    def _keys(self, query: tantivy.Query, most: int) -> list[int]:
        """The keys of all that a query matches, at most so many; they can be read from here on."""
        addresses = [address for _, address in self._searcher.search(query, limit=max(most, 1), count=False).hits]
        keys = [int(key) for key in self._searcher.fast_field_values("key", addresses)]  # type: ignore[arg-type]  # none is None
        self._places.update(zip(keys, addresses, strict=True))
        return keys

    def _listed(self, asking: "_Asking", listing: Listing) -> Listed:
        if listing.is_free:
            return Listed(total=self._snapshot.count(asking.free, listing, partial(asking.listed, listing)))
        query = asking.listed(listing)
        offset = min(max(listing.offset, 0), self._searcher.num_docs)
        # The engine reserves memory for offset + limit, however few there are: bound both by what there is.
        limit = min(max(listing.limit, 0), self._searcher.num_docs - offset)
        if not limit:
            return Listed(total=count_of(self._searcher, query))
        result = self._searcher.search(query, limit=limit, offset=offset, order_by_field="order")
        addresses = [address for _, address in result.hits]
        keys = self._searcher.fast_field_values("key", addresses)
        self._places.update(zip(keys, addresses, strict=True))
        return Listed(total=int(result.count), keys=keys)  # type: ignore[attr-defined]  # the package's stub lacks it


class _Asking:
    """One base over one snapshot; which of its copies are listed is worked out once."""

    def __init__(self, snapshot: Snapshot, base: Base) -> None:
        self._searcher, self._build, self._held = snapshot.searcher, snapshot.build, snapshot.copies
        self.free = Base(filters=base.filters, since=base.since, until=base.until)
        self._text = self._build.text(base)
        self._filters = self._build.filters(base)
        self._limits = self._build.limits(base)
        self._unseen = self._build.keys([number_of(item) for item in base.unseen]) if base.unseen else None
        # How many items have copies; 0 where all of them are listed, and nothing is to be counted once.
        self._shared = self._searcher.doc_freq("shared", 1) if base.collapse else 0
        self._standing: Rows | None = None
        self._once: tantivy.Query | None = None

    def listed(self, listing: Listing) -> tantivy.Query:
        """Return the items of a listing, in no order."""
        more = [self._build.needle(needle) for needle in listing.also]
        if listing.is_free:
            return every(unscored(query) for query in (*self._filters.values(), *self._limits, *more))
        if self._shared:
            more.append(self._one_a_cluster())
        if listing.before is not None:
            more.append(self._build.before(listing.before))
        query = self._narrowed(more)
        if not listing.apart:
            return query
        return without(query, self._build.keys([number_of(item) for item in listing.apart]))

    def facets(self, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return the counts of the facets."""
        counts = self._counted([name for name in names if name not in self._filters])
        for name in [name for name in self._filters if name in names]:
            counts |= self._counted([name], apart=name)
        return counts

    def _narrowed(self, more: Sequence[tantivy.Query] = (), *, apart: str = "") -> tantivy.Query:
        narrowing = [query for name, query in self._filters.items() if name != apart]
        narrowed = every(unscored(query) for query in (*self._text, *narrowing, *self._limits, *more))
        return narrowed if self._unseen is None else without(narrowed, self._unseen)

    def _one_a_cluster(self) -> tantivy.Query:
        """All lists of a base show the same copies."""
        if self._once is None:
            self._once = self._build.one_a_cluster(self._held.stand_ins(self._copies()))
        return self._once

    def _copies(self, *, apart: str = "") -> Rows:
        if not self._shared:
            return NO_ROWS
        if apart:
            return self._matching_copies(apart)
        if self._standing is None:
            self._standing = self._matching_copies("")
        return self._standing

    def _matching_copies(self, apart: str) -> Rows:
        query = self._narrowed([self._build.shared(is_shared=True)], apart=apart)
        return self._held.matching(query, most=self._shared)

    def _counted(self, names: Sequence[str], *, apart: str = "") -> dict[str, dict[str, int]]:
        """Engines count what has no copy; the rest is counted here, each cluster once a value."""
        if not names:
            return {}
        if not self._shared:
            return self._aggregate(self._narrowed(apart=apart), names)
        counts = self._aggregate(self._narrowed([self._build.shared(is_shared=False)], apart=apart), names)
        copies = self._held.counted_once(self._copies(apart=apart), names)
        return {name: added(counts[name], more) for name, more in copies.items()}

    def _aggregate(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
        answer: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}
