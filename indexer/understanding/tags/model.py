"""A fitted tagger as plain data: what it looks at, and of each facet the weights, the calibration, the thresholds."""

from dataclasses import dataclass

import numpy as np

from indexer.understanding.tags.calibration import Calibration
from indexer.understanding.tags.features import Features
from indexer.understanding.tags.logistic import Matrix

NEVER = np.float32(2)  # a threshold above every probability: of a label that was not learned
OFF_TOPIC = "off-topic"  # the name of the head that is no facet


@dataclass(frozen=True, slots=True)
class Head:
    """The classifier of one facet, or of being off topic.

    weight: (columns, labels). bias, thresholds: (labels); thresholds are probabilities after calibration.
    """

    name: str
    labels: tuple[str, ...]
    weight: Matrix
    bias: Matrix
    calibration: Calibration
    thresholds: Matrix

    def probabilities(self, rows: Matrix) -> Matrix:
        """Return (n, labels) of rows (n, columns or more). Pure."""
        return self.calibration.probabilities(rows[:, : self.weight.shape[0]] @ self.weight + self.bias)


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted tagger. embedder: the name of the one whose vectors it takes; it takes no other's."""

    embedder: str
    features: Features
    heads: tuple[Head, ...]
