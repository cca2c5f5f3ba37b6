"""Words and meaning together: which queries gain by it, and what an item is worth by both."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.search.engine import Base, Key, Near, Vector, View
from indexer.search.port import Meant, Order, Query
from indexer.search.ranker.reading import Reading
from indexer.search.ranker.scoring import Ranked
from indexer.search.ranker.whole import HOLDERS, Whole

MEANT_ITEMS = 30  # of the nearest by meaning, that are hits whatever words they hold
SHARE = 0.35  # of the meaning in what an item is worth; the words have the rest (make quality-search)
FULL = 1.4  # the reach of words (scoring.py) that leaves nothing to be said: a good answer that repeats the question
LEAST_CHARS = 4  # a shorter row is a word: where nothing holds it, anything that a model finds is chance
# Pinyin and names in Latin letters are looked up, not understood: a model of sentences takes them for noise.
CHINESE = re.compile("[\u3400-\u9fff]")

Mean = Callable[[str], Vector | None]
"""Gives what a text means; None where no model says so in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """What a query means. vector: None where words alone are looked for; meant: why."""

    vector: Vector | None = None
    meant: Meant = Meant.OFF

    @staticmethod
    def of(query: Query, reading: Reading, whole: Whole, mean: Mean | None) -> "Meanings":
        """Look at the query first: the model is asked only where meaning can tell more than words."""
        if mean is None:
            return Meanings()
        if not is_question(query, reading, whole):
            return Meanings(meant=Meant.UNASKED)
        vector = mean(reading.literal)
        return Meanings(vector=vector, meant=Meant.ASLEEP if vector is None else Meant.MIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaningful:
    """The nearest items by meaning. cosines: by key, the nearest first. is_missing: the index holds no vectors."""

    cosines: Mapping[Key, float] = field(default_factory=dict)
    is_missing: bool = False

    @staticmethod
    def ask(view: View, base: Base, vector: Vector | None) -> "Meaningful":
        """Raises IndexDown."""
        if vector is None:
            return NO_MEANING
        found: Sequence[Near] | None = view.near(base, vector, HOLDERS)
        return Meaningful(cosines={one.key: one.cosine for one in found or ()}, is_missing=found is None)

    @property
    def keys(self) -> list[Key]:
        """Those that are hits whatever words they hold."""
        return list(self.cosines)[:MEANT_ITEMS]


NO_MEANING, NO_MEANINGS = Meaningful(), Meanings()


def is_question(query: Query, reading: Reading, whole: Whole) -> bool:
    """Tell whether what was typed says what is meant, and not what it is called or a piece of its text."""
    is_plain = query.order is Order.RELEVANCE and not reading.has_operators
    says_enough = len(reading.whole) >= LEAST_CHARS and CHINESE.search(reading.whole) is not None
    return is_plain and says_enough and not whole.holds_it


def mix(ranked: Sequence[Ranked], meaningful: Meaningful) -> list[Ranked]:
    """Return the items by words and meaning together; what holds the query as it was typed stays first. Pure.

    Both are put on a scale from 0 to 1. The cosines of a model lie close together, and where they lie depends on the
    model: they are measured by the nearest and the furthest of the nearest. The words are measured by what they could
    be: where the best holds little of the question, what it holds by chance does not count as if it were all.
    """
    cosines = meaningful.cosines
    if not cosines or not ranked:
        return list(ranked)
    nearest, furthest = max(cosines.values()), min(cosines.values())
    width = nearest - furthest

    def worth(one: Ranked) -> float:
        words = min(one.reach / FULL, 1.0)
        cosine = cosines.get(one.held.key, furthest)
        return (1 - SHARE) * words + SHARE * ((cosine - furthest) / width if width > 0 else 1.0)

    return sorted(
        [replace(one, score=worth(one)) for one in ranked],
        key=lambda one: (-one.tier, not one.is_literal, -one.score, -one.held.publication, one.held.item),
    )
