"""Copies of one piece among the matches: which one stands for it in the list, and how its values are counted once.

Engines count documents. What has no copy is counted by them; the matching items of clusters that have several are few,
and are counted here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key")


class SharedCopy(NamedTuple, Generic[Key]):
    """A matching item that has public copies; a tuple, for there may be thousands.

    key: how the engine knows it. cluster: anything that tells it apart. values: (facet, value) pairs of it.
    """

    key: Key
    cluster: str | int
    place: int
    values: frozenset[tuple[str, str]]


def stand_ins(copies: Iterable[SharedCopy[Key]]) -> list[Key]:
    """Return, for each cluster whose original does not match, the most original that does."""
    best: dict[str | int, SharedCopy[Key]] = {}
    for copy in copies:
        held = best.get(copy.cluster)
        if held is None or copy.place < held.place:
            best[copy.cluster] = copy
    return [copy.key for copy in best.values() if copy.place > 0]


def clusters(copies: Iterable[SharedCopy[Key]]) -> int:
    """Return how many pieces these are."""
    return len({copy.cluster for copy in copies})


def counted_once(copies: Iterable[SharedCopy[Key]], names: Sequence[str]) -> dict[str, Counter[str]]:
    """Return, of each of the facets, how many clusters have a copy with a value."""
    held: dict[str | int, frozenset[tuple[str, str]]] = {}
    for copy in copies:
        before = held.get(copy.cluster)
        held[copy.cluster] = copy.values if before is None else before | copy.values
    # Most pieces share their values with others: each set is taken apart once.
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for values, times in Counter(held.values()).items():
        for name, value in values:
            if name in counts:
                counts[name][value] += times
    return counts


def added(counts: dict[str, int], more: Counter[str]) -> dict[str, int]:
    """Return both counts of one facet together."""
    return dict(Counter(counts) + more)
