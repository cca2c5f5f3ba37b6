"""The port to whatever turns text into vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Text to vectors of one length; the same text gives the same vector."""

    name: str  # model and revision: vectors of different names are never compared
    dimensions: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimensions) float32, unit length, in the order given; (0, dimensions) for no text."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """The same for what people type; models that make no difference answer alike."""
        ...
