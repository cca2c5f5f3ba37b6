"""Tell how likely two texts are of one event or one story: by meaning, by the rarest word, and by figures.

Related is another relation than same (duplicates): told anew, in other words, by somebody else. It hides nothing.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.understanding.related.leads import Lead, Numbers

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

LEAST_SCORE = 0.7  # below, two items are not kept as related
NO_FIGURES, OF_NO_FIGURES = 0.4, 2.0  # what stands for agreement where a text names none or few
SURE = 50.0  # of log odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log odds: of nothing, and of each of what `Agreement` holds."""

    constant: float
    meaning: float
    rarest: float
    figures: float


# Fitted by `make quality-related` on all its sets (logistic); what they are worth is measured there by folds.
PLAIN = Weights(constant=-4.22, meaning=0.705, rarest=1.3, figures=2.97)
WHITENED = Weights(constant=-6.41, meaning=9.04, rarest=0.87, figures=2.7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An item that is of one event or story with another, earlier one.

    score: how likely, 0 to 1. words: rare words that both hold in their beginnings, the rarest first, at most 6.
    """

    item: ItemId
    other: ItemId
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each of some words tells, 0 to 1: the fewer items hold it, the more. words: sorted, each once."""

    words: Numbers
    weights: NDArray[np.float64]

    def of(self, words: Numbers) -> NDArray[np.float64]:
        """Return what these words weigh, all of them among `words`."""
        return self.weights[np.searchsorted(self.words, words)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """In what two texts agree.

    meaning: the cosine of their vectors; is_whitened: without what the catalogue has in common (background.py), else
    less that of unrelated texts, in standard deviations of it. rarest: what the rarest word of both beginnings weighs,
    0 to 1. figures: what share of the fewer figures the other names too.
    """

    meaning: float
    is_whitened: bool
    rarest: float
    figures: float


def rarity(words: Numbers, holders: NDArray[np.int64], items: int) -> Rarity:
    """Return the weights of words, of which each is held by so many of so many items. Pure."""
    return Rarity(words, np.maximum(np.log((items + 2) / (holders + 1)), 0.0) / log(items + 2))


def score(agreement: Agreement) -> float:
    """Return how likely two texts are of one event or story, 0 to 1. Pure."""
    weights = WHITENED if agreement.is_whitened else PLAIN
    odds = (
        weights.constant
        + weights.meaning * agreement.meaning
        + weights.rarest * agreement.rarest
        + weights.figures * agreement.figures
    )
    return 1 / (1 + exp(-max(min(odds, SURE), -SURE)))


def shared_words(one: Lead, other: Lead, told: Rarity) -> list[tuple[int, float]]:
    """Return the numbers and weights of words that both beginnings hold, the rarest first. Pure."""
    both = _both(one.words, other.words)
    weights = told.of(both)
    return [(int(both[place]), float(weights[place])) for place in np.argsort(-weights, kind="stable")]


def rarest(one: Lead, other: Lead, told: Rarity) -> float:
    """Return what the rarest word weighs that both beginnings hold; 0 where there is none. Pure."""
    return float(told.of(_both(one.words, other.words)).max(initial=0.0))


def figures_shared(one: Lead, other: Lead) -> float:
    """Return what share of the fewer figures the other text names too; 0.2 where there is none to tell. Pure."""
    both = _both(one.figures, other.figures)
    return (len(both) + NO_FIGURES) / (min(len(one.figures), len(other.figures)) + OF_NO_FIGURES)


def _both(one: Numbers, other: Numbers) -> Numbers:
    """Return those that stand in both, each of them sorted and without repeats."""
    if not len(other):
        return other
    found: Numbers = one[other.take(np.searchsorted(other, one), mode="clip") == one]
    return found
