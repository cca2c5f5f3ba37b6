"""Logistic regression of many labels at once, with an L2 penalty, in numpy alone.

Measured beside scikit-learn's on the shipped pieces: the same weights to three digits (`make quality-tags`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

Matrix = NDArray[np.float32]

STEPS = 200  # the bound; the usual fit ends after some thirty
ENOUGH = 1e-4  # of the largest gradient, where a fit ends
LEAST_SPREAD = 1e-5  # of the largest singular value: below it lies rounding


@dataclass(frozen=True, slots=True)
class Rotated:
    """Rows in the space that they span: as far apart as before, and no wider than they are many.

    rows: (n, r). back: (d, r): weights of this space times `back` are weights of the features. A penalty on the sum of
    squares does not feel the rotation.
    """

    rows: Matrix
    back: Matrix


def rotate(features: Matrix) -> Rotated:
    """Return the rows (n, d) in their own space. Pure; costs n³."""
    values, vectors = np.linalg.eigh((features @ features.T).astype(np.float64))
    spread = np.sqrt(np.maximum(values, 0))
    kept = spread > LEAST_SPREAD * max(float(spread.max(initial=0)), 1e-12)
    sides = vectors[:, kept]
    rows = (sides * spread[kept]).astype(np.float32)
    back = features.T @ (sides / spread[kept]).astype(np.float32)
    return Rotated(rows, back)


def fit(rows: Matrix, labels: Matrix, weights: Matrix, *, strength: float) -> tuple[Matrix, Matrix]:
    """Return weights (d, labels) and biases (labels) of the best fit. Pure.

    rows: (n, d). labels: (n, labels), 0 or 1. weights: (n, labels), how much each answer counts, 0: not at all.
    strength: how much the data count beside the penalty (scikit-learn's C). Accelerated gradient with the curvature's
    bound of each column as its measure: in rotated rows the columns are at right angles, and some thirty steps do.
    """
    count = labels.shape[1]
    largest = float(weights.max(initial=0)) or 1.0
    curve = 1 / strength + largest * (rows**2).sum(axis=0)[:, None] / 4
    curve_of_bias = np.maximum(weights.sum(axis=0), 1e-6) / 4
    # Rows and bias move at once: together they are bounded by twice the bound of each.
    curve, curve_of_bias = 2 * curve, 2 * curve_of_bias
    weight, bias = np.zeros((rows.shape[1], count), np.float32), np.zeros(count, np.float32)
    ahead, ahead_bias, pace, first = weight, bias, 1.0, 0.0
    for step in range(STEPS):
        wrong = weights * (sigmoid(rows @ ahead + ahead_bias) - labels)
        slope, slope_of_bias = rows.T @ wrong + ahead / strength, wrong.sum(axis=0)
        steep = max(float(np.abs(slope).max(initial=0)), float(np.abs(slope_of_bias).max(initial=0)))
        first = first or steep
        if steep <= ENOUGH * first:
            break
        new, new_bias = ahead - slope / curve, ahead_bias - slope_of_bias / curve_of_bias
        if float(((ahead - new) * (new - weight)).sum()) > 0:  # it swings over: begin anew from here
            pace = 1.0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        push = 0.0 if step == 0 else (pace - 1) / faster
        ahead, ahead_bias = new + push * (new - weight), new_bias + push * (new_bias - bias)
        weight, bias, pace = new.astype(np.float32), new_bias.astype(np.float32), float(faster)
    return weight, bias


def sigmoid(scores: Matrix) -> Matrix:
    """Return 1 / (1 + e^-score), safe for any score. Pure."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)), dtype=np.float32)
