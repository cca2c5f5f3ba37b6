"""Logistic regression over sparse rows, and the area under a curve: what the offence model and its baseline need."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 250


@dataclass(slots=True)
class Rows:
    """Sparse rows: of each the columns that are not 0, and their values."""

    columns: int
    index: Ints
    value: Floats
    row: Ints
    count: int = field(default=0)

    @classmethod
    def of(cls, rows: Sequence[tuple[Ints, Floats]], *, columns: int) -> "Rows":
        sizes = [len(index) for index, _ in rows]
        index = np.concatenate([index for index, _ in rows]).astype(np.int64)
        value = np.concatenate([value for _, value in rows]).astype(np.float64)
        return cls(columns, index, value, np.repeat(np.arange(len(rows)), sizes), len(rows))

    def dot(self, weights: Floats) -> Floats:
        return np.bincount(self.row, self.value * weights[self.index], self.count).astype(np.float64)

    def back(self, errors: Floats) -> Floats:
        return np.bincount(self.index, self.value * errors[self.row], self.columns).astype(np.float64)

    def times(self, factors: Floats) -> "Rows":
        return Rows(self.columns, self.index, self.value * factors[self.index], self.row, self.count)


def fit(rows: Rows, labels: Floats, *, strength: float = 3.0) -> tuple[Floats, float]:
    """Return weights and bias that make the logistic loss least, with squares weighed by 1 / (2 · strength).

    By accelerated gradient steps; strength as scikit-learn's C.
    """
    weights, bias = np.zeros(rows.columns), 0.0
    ahead, bias_ahead, pace = weights.copy(), 0.0, 1.0
    squares = np.bincount(rows.row, rows.value**2, rows.count)
    step = 1 / (0.25 * rows.count * max(float(squares.max()), 1.0) * 0.3 + 1 / strength)
    for _ in range(ROUNDS):
        errors = 1 / (1 + np.exp(-(rows.dot(ahead) + bias_ahead))) - labels
        moved = ahead - step * (rows.back(errors) + ahead / strength)
        bias_moved = bias_ahead - float(errors.mean()) * 4
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        bias_ahead = bias_moved + (pace - 1) / faster * (bias_moved - bias)
        weights, bias, pace = moved, bias_moved, faster
    return weights, bias


def auc(labels: Sequence[int], scores: Floats) -> float:
    """Return how often an offensive text stands above a harmless one; ties count half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    is_one = np.asarray(labels) == 1
    ones, noughts = int(is_one.sum()), int((~is_one).sum())
    return float((ranks[is_one].sum() - ones * (ones + 1) / 2) / (ones * noughts))


class Baseline:
    """TF-IDF over runs of one to three characters, those of two texts or more, and logistic regression."""

    def __init__(self, texts: Sequence[str], labels: Floats) -> None:
        seen = Counter(gram for text in texts for gram in set(_grams(text)))
        kept = [gram for gram, count in seen.items() if count > 1]
        self._place = {gram: number for number, gram in enumerate(kept)}
        self._rarity = np.array([np.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept])
        self._weights, self._bias = fit(self._rows(texts), labels)

    def scores(self, texts: Iterable[str]) -> Floats:
        return self._rows(list(texts)).dot(self._weights)

    def _rows(self, texts: Sequence[str]) -> Rows:
        return Rows.of([self._row(text) for text in texts], columns=len(self._rarity))

    def _row(self, text: str) -> tuple[Ints, Floats]:
        counts = Counter(self._place[gram] for gram in _grams(text) if gram in self._place)
        index = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        value = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * self._rarity[index]
        length = float(np.linalg.norm(value))
        return index, value / length if length else value


def _grams(text: str) -> list[str]:
    small = text.lower()
    return [small[at : at + size] for size in (1, 2, 3) for at in range(len(small) - size + 1)]
