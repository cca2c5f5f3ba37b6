"""Words and meaning together: which queries gain by it, and what an item is worth by both."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.search.engine import Base, Key, Near, Sense, View
from indexer.search.port import Meant, Order, Query
from indexer.search.ranker.reading import Reading
from indexer.search.ranker.scoring import Ranked
from indexer.search.ranker.whole import HOLDERS, Whole

MEANT_ITEMS = 30  # of the nearest by meaning, that are hits whatever words they hold
# Of the best one's reach (scoring.py): what reaches less holds words by chance, what reaches more says what was asked.
# Measured on the judged sets (make quality-search): by chance some 0.2 of a question put in other words is found.
CHANCE, SURE = 0.1, 0.55
SPREAD_WORTH = 0.06  # of a reach of 1: what one spread of cosines nearer is worth
LEAST_CHARS = 4  # a shorter row is a word: where nothing holds it, anything that a model finds is chance
# Pinyin and names in Latin letters are looked up, not understood: a model of sentences takes them for noise.
CHINESE = re.compile("[\u3400-\u9fff]")

Mean = Callable[[str], Sense | None]
"""Gives what a text means; None where no model says so in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """What a query means. sense: None where words alone are looked for; meant: why."""

    sense: Sense | None = None
    meant: Meant = Meant.OFF

    @staticmethod
    def of(query: Query, reading: Reading, whole: Whole, mean: Mean | None) -> "Meanings":
        """Look at the query first: the model is asked only where meaning can tell more than words."""
        if mean is None:
            return Meanings()
        if not is_question(query, reading, whole):
            return Meanings(meant=Meant.UNASKED)
        sense = mean(reading.literal)
        return Meanings(sense=sense, meant=Meant.ASLEEP if sense is None else Meant.MIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaningful:
    """The nearest items by meaning. nearness: by key, the nearest first. is_missing: the index holds no vectors.

    nearness: how much nearer than the furthest of them, in spreads of the model's cosines.
    """

    nearness: Mapping[Key, float] = field(default_factory=dict)
    is_missing: bool = False

    @staticmethod
    def ask(view: View, base: Base, sense: Sense | None) -> "Meaningful":
        """Raises IndexDown."""
        if sense is None:
            return NO_MEANING
        found: Sequence[Near] | None = view.near(base, sense.vector, HOLDERS)
        furthest = min((one.cosine for one in found or ()), default=0.0)
        return Meaningful(
            nearness={one.key: (one.cosine - furthest) / sense.spread for one in found or ()},
            is_missing=found is None,
        )

    @property
    def keys(self) -> list[Key]:
        """Those that are hits whatever words they hold."""
        return list(self.nearness)[:MEANT_ITEMS]


NO_MEANING, NO_MEANINGS = Meaningful(), Meanings()


def is_question(query: Query, reading: Reading, whole: Whole) -> bool:
    """Tell whether what was typed says what is meant, and not what it is called or a piece of its text."""
    is_plain = query.order is Order.RELEVANCE and not reading.has_operators
    says_enough = len(reading.whole) >= LEAST_CHARS and CHINESE.search(reading.whole) is not None
    return is_plain and says_enough and not whole.holds_it


def mix(ranked: Sequence[Ranked], meaningful: Meaningful) -> list[Ranked]:
    """Return the items by words and meaning together; what holds the query as it was typed stays first. Pure.

    ranked: in the order of `rank`, which stays where both are worth the same.

    Words count for as much as they are sure of: where the best holds what was asked for, meaning only chooses among
    those that come near it; where the best holds little, what it holds by chance does not count as if it were all.
    What a cosine is worth depends on the model alone and not on the others that are near: where all lie close together,
    as the parts of one article do, meaning cannot tell them apart, and does not.
    """
    if not meaningful.nearness or not ranked:
        return list(ranked)
    sure = sureness(ranked)

    def worth(one: Ranked) -> float:
        return sure * one.reach + SPREAD_WORTH * meaningful.nearness.get(one.held.key, 0.0)

    mixed = [replace(one, score=worth(one)) for one in ranked]
    return sorted(mixed, key=lambda one: (-one.tier, not one.is_literal, -one.score))  # of equals as words have them


def sureness(ranked: Sequence[Ranked]) -> float:
    """Return how much words are to be believed: from 0, where the best holds some by chance, to 1. Pure."""
    best = max((one.reach for one in ranked), default=0.0)
    return min(max((best - CHANCE) / (SURE - CHANCE), 0.0), 1.0)
