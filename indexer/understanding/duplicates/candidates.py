"""Find items that may be the same piece as a new one: its nearest by vector."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

NEAREST = 30
# Of multilingual-e5-small, which puts unrelated Chinese texts at 0.8 to 0.9 and reposts above 0.9; other models have a
# scale of their own. What is nearest is compared word by word anyway.
LEAST_COSINE = 0.86
GROWTH = 256  # rows of room at least that are made at once


class Known:
    """The vectors of all items of one embedder, kept up to date as others come. Rows are unit length float32.

    least: the cosine below which two texts are never compared word by word.
    """

    def __init__(
        self, vectors: Iterable[tuple[ItemId, bytes]] = (), *, dimensions: int, least: float = LEAST_COSINE
    ) -> None:
        self._least, self._dimensions = least, dimensions
        self._items: list[ItemId] = []
        self._places: dict[ItemId, int] = {}
        self._rows: NDArray[np.float32] = np.empty((0, dimensions), dtype=np.float32)
        self.add_all(vectors)

    def nearest(self, vector: NDArray[np.float32], *, but: ItemId) -> list[ItemId]:
        """Return at most 30 other items, nearest first."""
        cosines = self._rows[: len(self._items)] @ vector
        near = np.flatnonzero(cosines >= self._least)
        order = near[np.argsort(-cosines[near], kind="stable")][: NEAREST + 1]
        return [item for place in order if (item := self._items[place]) != but][:NEAREST]

    def add(self, item: ItemId, vector: NDArray[np.float32]) -> None:
        """Know an item from now on; its older vector is replaced."""
        place = self._places.setdefault(item, len(self._items))
        if place == len(self._items):
            self._make_room(1)
            self._items.append(item)
        self._rows[place] = vector

    def add_all(self, vectors: Iterable[tuple[ItemId, bytes]]) -> None:
        """Know these items from now on; a vector of other dimensions is left out."""
        held = [(item, raw) for item, raw in vectors if len(raw) == self._dimensions * 4]
        self._make_room(len(held))
        for item, raw in held:
            self.add(item, np.frombuffer(raw, dtype=np.float32))

    def _make_room(self, many: int) -> None:
        wanted = len(self._items) + many
        if wanted > len(self._rows):
            # By half of what there is, so that a catalogue that grows row by row is not copied for every one.
            size = max(wanted, len(self._rows) + max(GROWTH, len(self._rows) // 2)) if self._items else wanted
            rows = np.zeros((size, self._dimensions), dtype=np.float32)
            rows[: len(self._items)] = self._rows[: len(self._items)]
            self._rows = rows
