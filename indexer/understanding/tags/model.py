"""A fitted tagger as plain data: what it looks at, and of each facet the weights, the calibration, the thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

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


class SideBySide:
    """All heads of a model, asked at once of each row what stands in it: of its thousands of columns most are zero.

    A product of whole matrices is given to threads by numpy's library, which then wait for the next one at full speed:
    that costs more than the product.
    """

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = heads
        columns = max((head.weight.shape[0] for head in heads), default=0)
        self._weight = np.zeros((columns, sum(len(head.labels) for head in heads)), dtype=np.float32)
        self._ends = list(accumulate(len(head.labels) for head in heads))
        for head, end in zip(heads, self._ends, strict=True):
            self._weight[: head.weight.shape[0], end - len(head.labels) : end] = head.weight

    def probabilities(self, rows: Matrix) -> Mapping[str, Matrix]:
        """Return of each head, by its name, what its `probabilities` says, but for rounding. Pure."""
        scores = np.zeros((len(rows), self._weight.shape[1]), dtype=np.float32)
        for score, row in zip(scores, rows, strict=True):
            told = np.flatnonzero(row[: len(self._weight)])
            score[:] = np.einsum("i,ij->j", row[told], self._weight[told])
        return {
            head.name: head.calibration.probabilities(scores[:, end - len(head.labels) : end] + head.bias)
            for head, end in zip(self._heads, self._ends, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted tagger. embedder: the name of the one whose vectors it takes; it takes no other's."""

    embedder: str
    features: Features
    heads: tuple[Head, ...]
