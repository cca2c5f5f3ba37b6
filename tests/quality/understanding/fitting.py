"""What a measure of scores needs: the area under the curve, a logistic fit, folds, a paired bootstrap."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
STEPS, HELD_BACK = 50, 0.1  # of Newton's method; of the weights, so that what tells two sets apart whole stays finite


def auc(labels: Marks, scores: Floats) -> float:
    """Return how often what is labelled true has the higher score, ties halved; 0.5 where one kind is missing."""
    _, of, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[of]
    true = int(labels.sum())
    pairs = true * (len(labels) - true)
    return float((ranks[labels].sum() - true * (true + 1) / 2) / pairs) if pairs else 0.5


def fitted(labels: Marks, columns: Floats) -> Floats:
    """Return the weights of a logistic fit, one a column (n, k), and the constant last."""
    wide = np.column_stack((columns, np.ones(len(columns))))
    weights = np.zeros(wide.shape[1])
    held = np.diag([HELD_BACK] * columns.shape[1] + [1e-6])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-np.clip(wide @ weights, -50, 50)))
        slope = wide.T @ (told - labels) + held @ weights
        weights = weights - np.linalg.solve((wide * (told * (1 - told))[:, None]).T @ wide + held, slope)
    return weights


def by_folds(labels: Marks, columns: Floats, folds: NDArray[np.int_]) -> Floats:
    """Return the log odds of each row by weights that were fitted on the other folds."""
    odds = np.zeros(len(labels))
    for fold in np.unique(folds):
        weights = fitted(labels[folds != fold], columns[folds != fold])
        odds[folds == fold] = columns[folds == fold] @ weights[:-1] + weights[-1]
    return odds


def together(pairs: Sequence[tuple[Hashable, Hashable]], folds: int) -> NDArray[np.int_]:
    """Return the fold of each pair: pairs that have a text in common, also by way of others, stand in one."""
    leads: dict[Hashable, Hashable] = {}

    def first(one: Hashable) -> Hashable:
        while leads.setdefault(one, one) != one:
            one = leads[one]
        return one

    for one, other in pairs:
        leads[first(other)] = first(one)
    groups: dict[Hashable, int] = {}
    return np.array([groups.setdefault(first(one), len(groups)) % folds for one, _ in pairs])


def bootstrap(labels: Marks, ours: Floats, other: Floats, *, rounds: int = 1000, seed: int = 1) -> tuple[float, float]:
    """Return between what 95 of 100 of the differences in AUC lie, ours less the other, over pairs drawn again."""
    random = np.random.default_rng(seed)
    drawn = (random.integers(0, len(labels), len(labels)) for _ in range(rounds))
    found = [auc(labels[rows], ours[rows]) - auc(labels[rows], other[rows]) for rows in drawn]
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
