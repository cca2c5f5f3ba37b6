"""Which known items may be the same piece as a new one: its nearest by vector."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.items import ItemId

NEAREST = 30
# e5 puts unrelated Chinese texts at about 0.8 and reposts above 0.9; what is nearest is compared word by word anyway.
LEAST_COSINE = 0.86
GROWTH = 256  # rows added at once while a batch goes on


class Known:
    """The vectors of all items of one embedder, kept up to date during a batch. Rows are unit length float32."""

    def __init__(self, vectors: Iterable[tuple[ItemId, bytes]], *, dimensions: int) -> None:
        held = [(item, raw) for item, raw in vectors if len(raw) == dimensions * 4]
        self._items = [item for item, _ in held]
        self._rows: NDArray[np.float32] = np.frombuffer(b"".join(raw for _, raw in held), dtype=np.float32)
        self._rows = self._rows.reshape(len(held), dimensions)

    def nearest(self, vector: NDArray[np.float32], *, but: ItemId) -> list[ItemId]:
        """Return at most 30 other items, nearest first."""
        cosines = self._rows[: len(self._items)] @ vector
        order = np.argsort(-cosines)[: NEAREST + 1]
        near = [self._items[place] for place in order if cosines[place] >= LEAST_COSINE]
        return [item for item in near if item != but][:NEAREST]

    def add(self, item: ItemId, vector: NDArray[np.float32]) -> None:
        """Know an item from now on; its older vector is replaced."""
        if item in self._items:
            self._rows = self._rows.copy()
            self._rows[self._items.index(item)] = vector
            return
        if len(self._items) == len(self._rows):
            room = np.zeros((GROWTH, self._rows.shape[1]), dtype=np.float32)
            self._rows = np.concatenate([self._rows, room])
        self._rows[len(self._items)] = vector
        self._items.append(item)
