"""The Embedder port: what turns texts into vectors, whichever model does it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.embeddings.scale import Scale

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of one length; the same text gives the same vector."""

    name: str  # model and revision: vectors of different names are never compared
    dimensions: int
    scale: Scale  # what the model's cosines mean, for thresholds that were measured with another model

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimensions) float32, unit length, in the order given; (0, dimensions) for no text."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the same for what people type; models that make no difference answer alike."""
        ...
