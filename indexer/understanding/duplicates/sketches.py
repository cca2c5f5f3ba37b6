"""A sketch of a text: a few of its runs, chosen so that two texts choose the same of what they share (MinHash).

Of all runs those with the lowest numbers are kept: 64 of a short text, one in sixteen of a longer one. So of what one
text shares with another, however little of it that is, at least one run in sixteen is in both sketches: a quarter of an
article of 400 letters gives about sixteen. Signatures of a fixed number of hashes would miss what is contained only.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.duplicates.pieces import VERSION as RUNS_VERSION
from indexer.understanding.duplicates.pieces import Piece

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

# Sketches of different forms are never compared: none of their runs has the same number.
FORM = 1000 * RUNS_VERSION + VERSION
LEAST_KEPT, MOST_KEPT, ONE_IN = 64, 1024, 16
Sketch = NDArray[np.uint32]


def sketch(piece: Piece) -> Sketch:
    """Return the numbers of the runs that stand for a text, at most 1,024; of less than five letters none. Pure.

    Chosen by the whole number, kept is its lower half: among the lowest, upper halves are often the same by chance.
    """
    runs = piece.different_runs
    kept = min(max(LEAST_KEPT, len(runs) // ONE_IN), MOST_KEPT)
    return np.unique(runs[:kept].astype(np.uint32))
