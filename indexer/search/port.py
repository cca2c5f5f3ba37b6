"""The port to the search engine: speaks of items and queries, never of an engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from indexer.items import ClusterId, ItemId, ItemKind, UnitId


class IndexDown(Exception):
    """The engine cannot be reached, or is busy for too long: try again later; nothing is lost."""


class Order(StrEnum):
    """How hits are ordered."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The public version of one item as the index holds it. lead: the one of its cluster that lists show."""

    item: ItemId
    version: int
    title: str
    text: str
    unit: UnitId
    unit_name: str
    kind: ItemKind
    cluster: ClusterId
    lead: bool = True
    author: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find. Values within a filter are joined by or, filters by and; empty means any.

    text: as typed; empty finds all. since, until: aware, until excluded. collapse: one item a cluster.
    """

    text: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    units: tuple[UnitId, ...] = ()
    kinds: tuple[ItemKind, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    order: Order = Order.RELEVANCE
    collapse: bool = True
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One item found. Highlights: text cut for display with (start, end) spans in characters of that text."""

    item: ItemId
    version: int
    score: float
    title: str
    title_spans: tuple[tuple[int, int], ...]
    excerpt: str
    excerpt_spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """hits: best first, at most query.limit. total: all that match. facets: filter name → value → how many match.

    Facet names: topics, audiences, districts, units, kinds. A facet's own filter does not narrow its counts.
    """

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class SearchIndex(Protocol):
    """One index of public versions."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Visible to `find` on return; the same item replaces its older version. Raises IndexDown."""
        ...

    def remove(self, items: Sequence[ItemId]) -> None:
        """Gone from `find` on return; an unknown item is no error. Raises IndexDown."""
        ...

    def find(self, query: Query) -> Found:
        """Raises IndexDown."""
        ...

    def held(self) -> Mapping[ItemId, int]:
        """All items the index holds, each with its version. Raises IndexDown."""
        ...

    def rebuild(self, batches: Iterable[Sequence[Entry]]) -> Iterable[int]:
        """Build anew beside the old index, yield the number written after each batch, swap at the end.

        Stopped before the end, the old index stays. Raises IndexDown.
        """
        ...
