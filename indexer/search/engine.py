"""What a search engine must be able to answer: which items hold what, how many, and counts. It orders nothing.

Engines find, the ranker (`indexer/search/ranker`) orders: so every engine shows the same page in the same order.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.catalogue.facets import NO_VALUES, Values
from indexer.search.highlight import WINDOW_CHARS

MOST_LISTED = 10_000  # no list is read further; whoever is so deep in one narrows the search
# Of a text that an engine gives back: what is ranked, marked and cut for display; one more tells that it goes on.
SHOWN_CHARS = WINDOW_CHARS + 1

Key = Hashable
"""How an engine knows an item; good for one view of it."""
Vector = NDArray[np.float32]
"""What a text means, by a model; of unit length."""


class Part(StrEnum):
    """Where in an item something stands. names: of the unit and of the author."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Needle:
    """Characters that stand one after the other in a part of an item. text: folded, searchable, not empty."""

    text: str
    part: Part = Part.ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The items that are counted: all needles stand in them, none of `without`, and the filters hold.

    collapse: each cluster once, by the most original of its items that match. unseen: items that are as if they were
    not held, but in lists that are free.
    """

    needles: tuple[Needle, ...] = ()
    without: tuple[Needle, ...] = ()
    filters: Values = NO_VALUES
    since: datetime | None = None
    until: datetime | None = None
    collapse: bool = True
    unseen: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Items of the base, the latest publication first. also: needles that stand in them as well.

    before: of a lower publication only. apart: items left out. offset + limit: at most MOST_LISTED. is_free: of all
    items that the filters let through, copies too, whatever else the base asks for; only counted.
    """

    also: tuple[Needle, ...] = ()
    before: int | None = None
    apart: tuple[ItemId, ...] = ()
    is_free: bool = False
    offset: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """total: how many the list has, whatever its offset and limit."""

    total: int
    keys: Sequence[Key] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """lists: one a listing. facets: field → value → how many items of the base; a facet's own filter is left out."""

    lists: Sequence[Listed]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an engine holds of an item. title, names: as shown. text: at most its first SHOWN_CHARS characters.

    key: how the view that gave it knows it.
    """

    item: ItemId
    version: int
    publication: int
    cluster: Hashable
    place: int
    title: str
    text: str
    names: str
    values: Values
    key: Key = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """What a text means, by one model. vector: of unit length. spread: of the cosines of texts that it tells apart.

    Cosines of one model lie closer together than those of another: spreads are what can be compared.
    """

    vector: Vector
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An item and the cosine of its vector with the one that was asked for."""

    key: Key
    cosine: float


class View(Protocol):
    """An engine as it stands at one moment."""

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        """Answer in one go. counted: the fields of the facets that are counted. Raises IndexDown."""
        ...

    def near(self, base: Base, vector: Vector, limit: int) -> Sequence[Near] | None:
        """Return the items nearest by meaning, copies too, the nearest first; None where no vectors are held.

        Of the base filters and dates count, its words do not: what means the same may say it in others. Raises
        IndexDown.
        """
        ...

    def read(self, keys: Sequence[Key]) -> Sequence[Held]:
        """Return what is held of these in their order; what is gone by now is left out. Raises IndexDown."""
        ...
