"""Make scores of a classifier probabilities, and choose where each label begins to be said."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.tags.logistic import Matrix, fit, sigmoid

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

NEAR = 25.0  # right answers of a label that weigh as much as all labels of its facet together
BINS = 10
LEAST = 1e-4  # nothing is surer
LIGHT, SURE = 0.05, 0.95  # a threshold lies between
GRID = np.linspace(LIGHT, SURE, 91, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """probability = sigmoid(slope · score + shift), of one facet."""

    slope: float = 1.0
    shift: float = 0.0

    def probabilities(self, scores: Matrix) -> Matrix:
        """Return the probabilities of scores. Pure."""
        return sigmoid(np.float32(self.slope) * scores + np.float32(self.shift))


def calibrate(scores: Matrix, labels: Matrix, weights: Matrix) -> Calibration:
    """Return what makes scores of pieces that were not learned from agree with their labels. Pure.

    All three (n, labels); weights 0: not asked. Slope 1 where right or wrong answers are too few to tell.
    """
    known = weights > 0
    right = labels[known]
    if min(float(right.sum()), float((1 - right).sum())) < 1:
        return Calibration()
    rows, answers = scores[known].reshape(-1, 1), right.reshape(-1, 1)
    slope, shift = fit(rows, answers, np.ones_like(answers), strength=100.0)
    if float(slope[0, 0]) <= 0:  # no better than chance: nothing is sure
        return Calibration(0.0, float(np.log(right.mean() / (1 - right.mean()))))
    return Calibration(float(slope[0, 0]), float(shift[0]))


def thresholds(chances: Matrix, labels: Matrix, weights: Matrix) -> Matrix:
    """Return for each label the probability from which it is said: where its F1 is best. Pure.

    A label with few right answers keeps near what is best for the labels of its facet together.
    """
    if not chances.shape[1]:
        return np.zeros(0, dtype=np.float32)
    scores = np.stack([_f1(chances >= at, labels, weights) for at in GRID])  # (grid, labels)
    common = float(GRID[int(_smooth(scores.mean(axis=1)).argmax())])
    own = np.array([GRID[int(_smooth(column).argmax())] for column in scores.T], dtype=np.float32)
    count = (labels * (weights > 0)).sum(axis=0)
    return np.asarray((own * count + common * NEAR) / (count + NEAR), dtype=np.float32)


def surprise(chances: Matrix, labels: Matrix, weights: Matrix) -> float:
    """Return how surprised probabilities are by the labels, on average (log loss); 0 where nothing was asked. Pure."""
    known = weights > 0
    if not known.any():
        return 0.0
    found, right = np.clip(chances[known], LEAST, 1 - LEAST), labels[known] > 0
    return float(-np.log(np.where(right, found, 1 - found)).mean())


def expected_error(chances: Matrix, right: Matrix) -> float:
    """Return the expected calibration error: how far, on average, sureness and being right lie apart. Pure.

    chances: (n) probabilities. right: (n), 1 where the answer was right. Ten bins of equal width.
    """
    if not len(chances):
        return 0.0
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    apart = [abs(float((chances[bins == one] - right[bins == one]).sum())) for one in range(BINS)]
    return sum(apart) / len(chances)


def _f1(said: NDArray[np.bool_], labels: Matrix, weights: Matrix) -> Matrix:
    counted = weights > 0
    right = (said & (labels > 0) & counted).sum(axis=0)
    both = (said & counted).sum(axis=0) + ((labels > 0) & counted).sum(axis=0)
    return np.asarray(2 * right / np.maximum(both, 1), dtype=np.float32)


def _smooth(values: Matrix) -> Matrix:
    """The mean of each with its neighbours: a peak of one piece is chance."""
    padded = np.pad(values, 4, mode="edge")
    return np.convolve(padded, np.full(9, 1 / 9), mode="valid").astype(np.float32)
