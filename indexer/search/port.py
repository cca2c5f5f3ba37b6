"""The port to the search engine: speaks of items and queries, never of an engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from indexer.base.ids import ClusterId, ItemId
from indexer.base.not_now import NotNow
from indexer.catalogue.facets import FIELDS, NO_VALUES, Values


class IndexDown(NotNow):
    """The engine cannot be reached, or is busy for too long: try again later; nothing is lost."""


class Meant(StrEnum):
    """What the meaning of a query had to do with what was found; the words count in any case.

    off: this index looks for words alone. unasked: what was typed names something. asleep: the model gave no vector in
    time. missing: the index holds no vectors of this model, as before it is built anew. mixed: the nearest by meaning
    are among the hits.
    """

    OFF = "off"
    UNASKED = "unasked"
    ASLEEP = "asleep"
    MISSING = "missing"
    MIXED = "mixed"


class Order(StrEnum):
    """How hits are ordered. newest: the latest published here first, whatever date the source gives."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The public version of one item as the index holds it.

    shared: other items of its cluster are public too. place: among those, 0 the original, each once. publication: the
    number of its publication here, which grows. published: the source's own date, which filters go by.
    vector: what the item means, by the model that `SearchIndex.embedder` names: 32-bit numbers; empty where unknown.
    All items of a cluster are put together whenever one of these changes.
    """

    item: ItemId
    version: int
    title: str
    text: str
    unit_name: str
    cluster: ClusterId
    shared: bool = False
    place: int = 0
    publication: int = 0
    author: str = ""
    values: Values = NO_VALUES
    published: datetime | None = None
    vector: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find. Values of a facet are joined by or, facets by and; empty means any.

    text: as typed; empty finds all. since, until: aware, until excluded. before: hits of a lower publication only,
    while total and facets stay, so that a list can be read on from where it was left. collapse: each cluster once, by
    the most original of its items that match; a facet's value then counts clusters with a matching item that has it.
    counted: the fields of the facets whose counts are wanted; counting takes longer than finding.
    unseen: items that are neither found nor counted, whatever the index still holds of them.
    after: the publications that the page before ended with, the last one first: a list by relevance goes on behind the
    first of them that is still in it; so nothing is left out where others left the list meanwhile.
    """

    text: str = ""
    filters: Values = NO_VALUES
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    order: Order = Order.RELEVANCE
    collapse: bool = True
    counted: tuple[str, ...] = FIELDS
    unseen: tuple[ItemId, ...] = ()
    after: tuple[int, ...] = ()
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One item found. Highlights: text cut for display with (start, end) spans in characters of that text."""

    item: ItemId
    version: int
    score: float
    publication: int
    title: str
    title_spans: tuple[tuple[int, int], ...]
    excerpt: str
    excerpt_spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """hits: best first, at most query.limit. total: all that match. facets: field → value → how many match.

    is_nearest: no item holds all the words; these hold most of them, or mean the same. near: how many of the total do
    not hold all. meant: see Meant.
    The fields are those of `counted`. A facet's own filter does not narrow its counts.
    """

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_nearest: bool = False
    meant: Meant = Meant.OFF
    near: int = 0


Current = Callable[[Sequence[ItemId]], Sequence[Entry]]
"""Gives the entries that the index shall hold of these items now; of one without an entry it shall hold nothing."""


class SearchReader(Protocol):
    """One index of public versions, to be asked."""

    def find(self, query: Query) -> Found:
        """Raises IndexDown."""
        ...

    def held(self) -> Mapping[ItemId, int]:
        """All items the index holds, each with its version. Raises IndexDown."""
        ...


class SearchIndex(SearchReader, Protocol):
    """One index of public versions, to be asked and written."""

    def embedder(self) -> str:
        """The name of the model whose vectors entries shall have; empty where it is built without any.

        Raises Refused where that model cannot be opened.
        """
        ...

    def put(self, entries: Sequence[Entry]) -> None:
        """Visible to `find` on return; the same item replaces its older version. Raises IndexDown."""
        ...

    def remove(self, items: Sequence[ItemId]) -> None:
        """Gone from `find` on return; an unknown item is no error. Raises IndexDown."""
        ...

    def rebuild(self, batches: Iterable[Sequence[Entry]], current: Current) -> Iterable[int]:
        """Build anew beside the old index, yield the number written after each batch, swap at the end.

        put and remove go on meanwhile, on the old index; the items that they touch are asked of `current` before the
        swap, so that the new index holds them as they are then. batches: made only while it builds. Stopped before the
        end, the old index stays. Of two at once one ends with IndexDown, and what comes into use is whole. Raises
        IndexDown.
        """
        ...
