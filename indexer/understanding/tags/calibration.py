"""Make scores of a classifier probabilities, and choose where each label begins to be said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.tags.logistic import Matrix, sigmoid

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

NEAR = 25.0  # right answers of a label that weigh as much as all labels of its facet together
BINS = 10
LEAST = 1e-4  # nothing is surer
LIGHT, SURE = 0.05, 0.95  # a threshold lies between
GRID = np.linspace(LIGHT, SURE, 91, dtype=np.float32)
TEMPERS = (0.5, 1.0, 2.0, 4.0)  # of scores before they are held against each other
STEPS, PENALTY = 40, 0.01  # of Newton's method; on the squares of its weights, so that they stay finite
LEAST_SPREAD = 1e-6  # of a column of scores, below which it tells nothing


@dataclass(frozen=True, slots=True)
class Calibration:
    """probability = sigmoid(slope · score + lead · (how far it is ahead of the others) + shift), of one facet.

    Ahead: temper · score, less the logarithm of the sum of the exponents of all other labels'. Where a piece has one
    label alone, lead 1 and slope 0 are the softmax; where labels stand beside each other, lead is near 0.
    """

    slope: float = 1.0
    shift: float = 0.0
    lead: float = 0.0
    temper: float = 1.0

    def probabilities(self, scores: Matrix) -> Matrix:
        """Return the probabilities of scores (n, labels). Pure."""
        told = np.float32(self.slope) * scores + np.float32(self.shift)
        if self.lead:
            told = told + np.float32(self.lead) * _ahead(scores, self.temper)
        return sigmoid(told)


def _ahead(scores: Matrix, temper: float) -> Matrix:
    """How far each label is ahead of all others together; 0 where there is no other."""
    count = scores.shape[1]
    if count < 2:
        return np.zeros_like(scores)
    told = temper * scores
    but_itself = np.where(np.eye(count, dtype=bool), -np.inf, np.float32(0)).astype(np.float32)
    rivals = told[:, None, :] + but_itself  # (n, label, the others)
    best = rivals.max(axis=2)
    others = best + np.log(np.exp(rivals - best[:, :, None]).sum(axis=2))
    return np.asarray(told - others, dtype=np.float32)


def calibrate(scores: Matrix, labels: Matrix, weights: Matrix) -> Calibration:
    """Return what makes scores of pieces that were not learned from agree with their labels. Pure.

    All three (n, labels); weights 0: not asked. Slope 1 where right or wrong answers are too few to tell.
    """
    known = weights > 0
    right = labels[known]
    if min(float(right.sum()), float((1 - right).sum())) < 1:
        return Calibration()
    tried = [_plain(scores[known], right)]
    tried += [one for temper in TEMPERS if (one := _with_lead(scores, known, right, temper)) is not None]
    return min(tried, key=lambda one: surprise(one.probabilities(scores), labels, weights))


def _plain(scores: Matrix, right: Matrix) -> Calibration:
    slope, shift = _agree([scores], right)
    if slope <= 0:  # no better than chance: nothing is sure
        return Calibration(0.0, float(np.log(right.mean() / (1 - right.mean()))))
    return Calibration(slope, shift)


def _with_lead(scores: Matrix, known: NDArray[np.bool_], right: Matrix, temper: float) -> Calibration | None:
    """None where a higher score would make a label less likely, or there is no other label."""
    ahead = _ahead(scores, temper)[known]
    slope, lead, shift = _agree([scores[known], ahead], right)
    if slope < 0:
        slope, (lead, shift) = 0.0, _agree([ahead], right)
    return Calibration(slope, shift, lead, temper) if lead > 0 else None


def _agree(columns: Sequence[Matrix], right: Matrix) -> list[float]:
    """Return the weight of each column (n), then the constant, by which they agree best with the answers."""
    wide = np.stack(columns, axis=1).astype(np.float64)
    spread = wide.std(axis=0)
    spread[spread < LEAST_SPREAD] = np.inf  # it tells nothing: weight 0
    rows = np.column_stack((wide / spread, np.ones(len(wide))))
    held = np.diag([PENALTY] * len(columns) + [LEAST_SPREAD])
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        told = 0.5 * (1 + np.tanh(0.5 * (rows @ found)))
        slope = rows.T @ (told - right) + held @ found
        step = np.linalg.solve((rows * (told * (1 - told))[:, None]).T @ rows + held, slope)
        found = found - np.clip(step, -2, 2)
        if float(np.abs(step).max()) < LEAST:
            break
    return [float(one) for one in (*(found[:-1] / spread), found[-1])]


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
