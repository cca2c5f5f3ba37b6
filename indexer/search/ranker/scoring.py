"""How well an item answers: BM25 over words and pairs of characters, after an exact name or phrase."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.search.engine import Held
from indexer.search.ranker.reading import Reading
from indexer.search.terms import searched

SCORED_CHARS = 5_000  # of a text: of a longer one its beginning says what it is about
TITLE_WEIGHT, NAMES_WEIGHT = 3.0, 1.0
K1, B = 1.2, 0.75  # the usual values of BM25
EXACT, IN_TITLE, IN_TEXT, APART = 3, 2, 1, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """How many items there are, and how many of them hold each pair of characters, word or run."""

    items: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)

    def of(self, parts: Sequence[str]) -> float:
        """Return the weight of the rarest of the parts, as BM25 has it; above zero."""
        fewest = min(self.holders.get(part, 0) for part in parts)
        return math.log(1 + (max(self.items - fewest, 0) + 0.5) / (fewest + 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """An item's parts as they are searched."""

    title: str
    text: str
    names: str

    @property
    def length(self) -> float:
        """In characters, as the fields weigh."""
        return TITLE_WEIGHT * len(self.title) + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An item in its place. tier: EXACT, IN_TITLE, IN_TEXT, APART, which comes before the score.

    share: of the pairs of characters that were asked for, those that the item holds. reach: the score beside that of
    an item that holds every term once in a text of usual length, which is 1.
    """

    held: Held
    tier: int
    is_literal: bool
    score: float
    share: float
    reach: float = 0.0


def rank(items: Sequence[Held], reading: Reading, rarity: Rarity) -> list[Ranked]:
    """Return the items, the best first; of equals the latest publication. Pure."""
    folded = [folded_of(held) for held in items]
    mean = sum(one.length for one in folded) / max(len(folded), 1)
    weights = [(term.text, term.weight * rarity.of(term.parts)) for term in reading.terms]
    whole = sum(weight for _, weight in weights)
    scores = [score(one, weights, mean) for one in folded]
    ranked = [
        Ranked(
            held=held,
            tier=tier(one, reading),
            is_literal=reading.literal in held.title or reading.literal in held.text,
            score=scored,
            share=share(one, reading.pairs),
            reach=scored / whole if whole else 0.0,
        )
        for held, one, scored in zip(items, folded, scores, strict=True)
    ]
    return sorted(
        ranked, key=lambda one: (-one.tier, not one.is_literal, -one.score, -one.held.publication, one.held.item)
    )


def folded_of(held: Held) -> Folded:
    """Return the parts of an item as they are searched."""
    return Folded(
        title=searched(held.title),
        text=searched(held.text[:SCORED_CHARS]),
        names=searched(held.names),
    )


def tier(item: Folded, reading: Reading) -> int:
    """Tell whether the item is what was typed, or holds it as it was typed."""
    if item.title == reading.whole:
        return EXACT
    if reading.whole in item.title:
        return IN_TITLE
    return IN_TEXT if reading.whole in item.text or reading.whole in item.names else APART


def score(item: Folded, weights: Sequence[tuple[str, float]], mean: float) -> float:
    """Return the BM25 of an item. weights: of each term. mean: length of the items it is compared with."""
    norm = K1 * (1 - B + B * item.length / mean) if mean else K1
    total = 0.0
    for term, weight in weights:
        times = TITLE_WEIGHT * item.title.count(term) + item.text.count(term) + NAMES_WEIGHT * item.names.count(term)
        total += weight * times * (K1 + 1) / (times + norm)
    return total


def share(item: Folded, pairs: Sequence[str]) -> float:
    """Return which share of the pairs an item holds; 1 where there is none."""
    held = sum(pair in item.text or pair in item.title or pair in item.names for pair in pairs)
    return held / len(pairs) if pairs else 1.0
