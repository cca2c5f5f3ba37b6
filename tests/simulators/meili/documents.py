"""The documents of one index, and which of them hold a word in a field or a value of an attribute.

What holds what is gathered when it is first asked for, and follows every document that comes or goes: so a search costs
what it finds, and not what there is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from tests.simulators.meili.answers import Json
from tests.simulators.meili.words import Term, words

NONE: frozenset[int] = frozenset()
Rule = tuple[str, bool]  # an attribute, and whether the greatest comes first


class Documents(MutableMapping[str, Json]):
    """Documents by their key. Each lies in a slot, the later ones in later slots; what is replaced keeps its own."""

    def __init__(self) -> None:
        self._slots: dict[str, int] = {}
        self._held: dict[int, Json] = {}
        self._next = 0
        self._gathered: dict[tuple[str, Any], Postings] = {}
        self._orders: dict[tuple[Rule, ...], dict[int, int]] = {}

    def __getitem__(self, item: str) -> Json:
        return self._held[self._slots[item]]

    def __setitem__(self, item: str, document: Json) -> None:
        slot = self._slots.get(item)
        if slot is None:
            slot = self._slots[item] = self._next
            self._next += 1
        for postings in self._gathered.values():
            postings.drop(slot, self._held.get(slot, {}))
            postings.add(slot, document)
        self._held[slot] = document
        self._orders = {}

    def __delitem__(self, item: str) -> None:
        slot = self._slots.pop(item)
        document = self._held.pop(slot)
        for postings in self._gathered.values():
            postings.drop(slot, document)
        self._orders = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def slots(self) -> AbstractSet[int]:
        """Return the slots that hold a document."""
        return self._held.keys()

    def at(self, slots: Iterable[int]) -> list[Json]:
        """Return the documents of these slots."""
        return [self._held[slot] for slot in slots]

    def holding(self, term: Term, names: Sequence[str], kept: tuple[str, ...]) -> AbstractSet[int]:
        """Return where the words of a term stand one after the other in one of the attributes."""
        found = [held for name in names if (held := self._holding(term.words, name, kept))]
        return found[0] if len(found) == 1 else NONE.union(*found)

    def having(self, name: str, values: Iterable[str]) -> AbstractSet[int]:
        """Return where an attribute has one of the values."""
        postings = self._of(("value", name), lambda document: values_of(document.get(name)))
        return NONE.union(*(postings.holders.get(value, NONE) for value in values))

    def places(self, rules: Sequence[Rule]) -> dict[int, int]:
        """Return the place of each slot, ordered by the rules, then as they came in; what lacks an attribute last."""
        key = tuple(rules)
        if key not in self._orders:
            order = list(self._held)
            for name, is_greatest_first in reversed(key):
                order.sort(key=lambda slot: sort_key(self._held[slot], name, is_greatest_first))
            self._orders[key] = {slot: place for place, slot in enumerate(order)}
        return self._orders[key]

    def _holding(self, row: tuple[str, ...], name: str, kept: tuple[str, ...]) -> AbstractSet[int]:
        postings = self._of(("word", (name, kept)), lambda document: words(str(document.get(name, "")), kept))
        first, *others = sorted((postings.holders.get(word, NONE) for word in row), key=len)
        if not others:
            return first
        phrase = f" {' '.join(row)} "
        return {
            slot for slot in first.intersection(*others) if phrase in _line(str(self._held[slot].get(name, "")), kept)
        }

    def _of(self, key: tuple[str, Any], read: Callable[[Json], Iterable[str]]) -> "Postings":
        if (postings := self._gathered.get(key)) is None:
            postings = self._gathered[key] = Postings(read)
            for slot, document in self._held.items():
                postings.add(slot, document)
        return postings


class Postings:
    """Which slots hold what `read` reads of a document."""

    def __init__(self, read: Callable[[Json], Iterable[str]]) -> None:
        self._read = read
        self.holders: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, slot: int, document: Json) -> None:
        """Note what a document holds."""
        for one in self._read(document):
            self.holders[one].add(slot)

    def drop(self, slot: int, document: Json) -> None:
        """Forget what it held."""
        for one in self._read(document):
            self.holders[one].discard(slot)


def values_of(held: Any) -> list[str]:  # noqa: ANN401  # of foreign JSON
    """Return the values of an attribute as filters compare them."""
    each = held if isinstance(held, list) else [] if held is None else [held]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in each]


def sort_key(document: Json, name: str, is_greatest_first: bool) -> tuple[bool, float]:
    """Return by what a document is sorted: what lacks the attribute comes last in either direction."""
    return name not in document, (-1 if is_greatest_first else 1) * document.get(name, 0)


@lru_cache(maxsize=100_000)
def _line(text: str, kept: tuple[str, ...]) -> str:
    return f" {' '.join(words(text, kept))} "
