"""What a query means, by the model whose vectors the index holds: asked within a bound of time, or done without.

A model takes its time, most of all at its first text. Who searches waits for it a moment and no longer: then words
alone are looked for, and the vector is there for the next one who asks the same.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from typing import Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from config.errors import Refused
from indexer.search.engine import Sense, Vector

MOST_KEPT = 2000  # vectors of queries, 1.5 KB each
MOST_WAITING = 4  # queries that the model has not answered; who comes then does not wait for all before them
DIGEST_CHARS = 16
# What models fail with where their files are damaged or the memory is too small: search goes on by words.
FAILURES = (Refused, OSError, RuntimeError, ValueError, ImportError, MemoryError)
log = structlog.get_logger()


class Scale(Protocol):
    """What a model's cosines mean. spread: the standard deviation of those of texts that have nothing in common."""

    @property
    def spread(self) -> float:
        """Return it; above zero."""
        ...


class Model(Protocol):
    """What turns a query into a vector; an Embedder of indexer/understanding is one."""

    name: str
    dimensions: int

    @property
    def scale(self) -> Scale:
        """Return what its cosines mean."""
        ...

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dimensions), unit length."""
        ...


class Meaning:
    """Vectors of queries by one model, which is opened at the first need. seconds: how long one is waited for."""

    def __init__(self, open_model: Callable[[], Model], *, seconds: float) -> None:
        self._open, self._seconds = open_model, seconds
        self._model: Model | None = None
        self._opening, self._lock = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[str, Vector] = OrderedDict()
        self._waiting: dict[str, Future[Vector | None]] = {}
        self._worker: ThreadPoolExecutor | None = None

    def model(self) -> Model:
        """Return the model, opened where it was not. Raises Refused."""
        with self._opening:
            if self._model is None:
                self._model = self._open()
            return self._model

    def sense(self, text: str) -> Sense | None:
        """Return what the text means, and how this model's cosines are to be read; None as `vector` says it."""
        vector = self.vector(text)
        return None if vector is None else Sense(vector, self.model().scale.spread)

    def vector(self, text: str) -> Vector | None:
        """Return what the text means; None where the model did not say so in time, or cannot."""
        with self._lock:
            if (held := self._kept.get(text)) is not None:
                self._kept.move_to_end(text)
                return held
            future = self._waiting.get(text)
            if future is None:
                if len(self._waiting) >= MOST_WAITING:
                    return None
                self._worker = self._worker or ThreadPoolExecutor(1, thread_name_prefix="query meaning")
                future = self._waiting[text] = self._worker.submit(self._encode, text)
        try:
            return future.result(timeout=self._seconds)
        except NotInTime:
            log.info("query_without_meaning", seconds=self._seconds)
            return None

    def _encode(self, text: str) -> Vector | None:
        found: Vector | None = None
        try:
            found = self.model().queries([text])[0]
        except FAILURES as failed:
            log.warning("query_model_failed", why=str(failed)[:300])
        finally:
            with self._lock:
                del self._waiting[text]
                if found is not None:
                    self._kept[text] = found
                    if len(self._kept) > MOST_KEPT:
                        self._kept.popitem(last=False)
        return found


def digest_of(model: str) -> str:
    """Return what stands for a model's name in the names of an engine: vectors of two models are never compared."""
    return hashlib.blake2b(model.encode("utf-8"), digest_size=DIGEST_CHARS // 2).hexdigest()


def read_vector(held: bytes, dimensions: int) -> Vector | None:
    """Return the vector of an entry; None where it has none of this length."""
    vector = np.frombuffer(held, dtype="<f4") if len(held) == dimensions * 4 else None
    return vector if vector is not None and np.isfinite(vector).all() else None
