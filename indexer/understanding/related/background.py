"""What all texts of a catalogue have in common, taken out of their vectors: what is left tells what each is about.

The cosines of e5 lie in a narrow band, for all vectors point one way. Centred on the mean of a background, and along
each direction in which that background spreads made as wide as along the others (whitened, with most of it held back:
a few hundred texts tell little of 384 directions), the vectors of one event stand out. Measured by `make
quality-related`.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

import numpy as np
from numpy.typing import NDArray

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

LEAST, MOST = 200, 2_000  # vectors: of fewer nothing is made, of more the newest
KEPT = 1_000  # turned vectors: 5 MB
SHRINKAGE = 3.0  # times the mean variance, added to that of each direction
Vectors = NDArray[np.float32]
EMPTY: Vectors = np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """mean: of the background's vectors. whitening: (dimensions, dimensions), to be multiplied from the right."""

    mean: NDArray[np.float64]
    whitening: NDArray[np.float64]

    def cosine(self, one: Vectors, other: Vectors) -> float:
        """Return the cosine of two vectors without what all have in common, -1 to 1; 0 where nothing is left. Pure."""
        return float(
            _direction(self, one.tobytes(), one.dtype.str) @ _direction(self, other.tobytes(), other.dtype.str)
        )


@lru_cache(maxsize=KEPT)
def _direction(background: Background, raw: bytes, kind: str) -> NDArray[np.float64]:
    """Return a vector without what all have in common, unit length; zeros where nothing is left.

    An item is compared with twenty others, and those with the next ones of a page: each is turned once.
    """
    turned: NDArray[np.float64] = (np.frombuffer(raw, dtype=kind) - background.mean) @ background.whitening
    long = float(np.linalg.norm(turned))
    return turned / long if long > 0 else turned


def background_of(vectors: Vectors) -> Background | None:
    """Return the background of a catalogue, (n, dimensions); None of fewer than 200 vectors, or of equal ones. Pure."""
    if len(vectors) < LEAST:
        return None
    mean = vectors.mean(axis=0, dtype=np.float64)
    spread, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    if not spread.mean() > 0:
        return None
    return Background(mean, directions / np.sqrt(np.maximum(spread, 0) + SHRINKAGE * spread.mean()))


def written(background: Background) -> bytes:
    """Return a background as it is kept: the mean, then the rows of the whitening, in single precision. Pure."""
    return np.vstack([background.mean, background.whitening]).astype(np.float32).tobytes()


def read(figures: bytes) -> Background | None:
    """Return what was written; None of bytes that are no background. Pure."""
    whole = np.frombuffer(figures, dtype=np.float32) if len(figures) % np.dtype(np.float32).itemsize == 0 else EMPTY
    dimensions = isqrt(len(whole))  # n numbers are d + d * d
    if not dimensions or len(whole) != dimensions * (dimensions + 1) or not np.isfinite(whole).all():
        return None
    rows = whole.reshape(dimensions + 1, dimensions).astype(np.float64)
    return Background(rows[0], rows[1:])
