"""How well an item answers: BM25 over words and pairs of characters, after an exact name or phrase.

A question is put with words that its answer may hold anywhere, and what answers it holds most of them in one passage:
the best passage of a text counts beside the text as a whole. Where a word meets one that carries no meaning (的主,
是太) the pair of both tells a phrase that was repeated; how rare it is, the items that are compared tell themselves.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.search.engine import Held
from indexer.search.ranker.counting import Standing, standing
from indexer.search.ranker.reading import Reading
from indexer.search.terms import Laid

SCORED_CHARS = 5_000  # of a text: of a longer one its beginning says what it is about
TITLE_WEIGHT, NAMES_WEIGHT = 3.0, 1.0
K1, B = 1.2, 0.6  # BM25; what is collected differs in length more than in how much it says: less than the usual 0.75
PASSAGE_CHARS = 60  # about a sentence
PASSAGE_WEIGHT = 0.5  # of what stands in the best passage, beside the whole
EXACT, IN_TITLE, IN_TEXT, APART = 3, 2, 1, 0
PARTS = 3  # title, text, names: an item is so many texts one after the other
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """How many items there are, and how many of them hold each pair of characters, word or run."""

    items: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)

    def of(self, parts: Sequence[str]) -> float:
        """Return the weight of the rarest of the parts, as BM25 has it; above zero."""
        return _weight(min(self.holders.get(part, 0) for part in parts), self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An item in its place. tier: EXACT, IN_TITLE, IN_TEXT, APART, which comes before the score.

    share: of the pairs of characters that were asked for, those that the item holds. reach: the score beside that of
    an item that holds everything once, in one passage of a text of usual length, which is 1.
    """

    held: Held
    tier: int
    is_literal: bool
    score: float
    share: float
    reach: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Items as they are searched. texts: title, text and names of each. lengths: in characters, as the fields weigh.

    rows: what is looked for in them: the terms, then the joints, then pairs that are neither. times: by item and row,
    as the fields weigh. stands: where.
    """

    texts: Sequence[str]
    lengths: Weights
    rows: Sequence[str]
    times: Weights
    stands: Standing

    @staticmethod
    def of(items: Sequence[Held], reading: Reading) -> "Compared":
        """Look for everything in all of them."""
        laid = Laid.of([part for held in items for part in (held.title, held.text[:SCORED_CHARS], held.names)])
        rows = list(dict.fromkeys([*(term.text for term in reading.terms), *reading.joints, *reading.pairs]))
        stands = standing(laid, rows)
        cells = len(items) * PARTS * len(rows)
        counts = np.bincount(stands.texts * len(rows) + stands.rows, minlength=cells)
        title, text, names = np.moveaxis(counts.reshape(len(items), PARTS, len(rows)), 1, 0)
        sizes = np.diff(laid.ends, prepend=0).reshape(len(items), PARTS)
        return Compared(
            texts=laid.texts,
            lengths=TITLE_WEIGHT * sizes[:, 0] + sizes[:, 1],
            rows=rows,
            times=TITLE_WEIGHT * title + text + NAMES_WEIGHT * names,
            stands=stands,
        )


def rank(items: Sequence[Held], reading: Reading, rarity: Rarity) -> list[Ranked]:
    """Return the items, the best first; of equals the latest publication. Pure."""
    if not items:
        return []
    compared = Compared.of(items, reading)
    weights = _weights(compared, reading, rarity)
    terms = weights[: len(reading.terms)]
    whole = float(weights.sum() + PASSAGE_WEIGHT * terms.sum())
    scores = bm25(compared, weights) + PASSAGE_WEIGHT * best_passage(compared, terms)
    shares = _shares(compared, reading.pairs)
    ranked = [
        Ranked(
            held=held,
            tier=tier(compared.texts[PARTS * number : PARTS * (number + 1)], reading.whole),
            is_literal=reading.literal in held.title or reading.literal in held.text,
            score=score,
            share=share,
            reach=score / whole if whole else 0.0,
        )
        for number, (held, score, share) in enumerate(zip(items, scores.tolist(), shares.tolist(), strict=True))
    ]
    return sorted(
        ranked, key=lambda one: (-one.tier, not one.is_literal, -one.score, -one.held.publication, one.held.item)
    )


def tier(parts: Sequence[str], whole: str) -> int:
    """Tell whether an item is what was typed, or holds it as it was typed. parts: folded; whole: what was typed."""
    title, text, names = parts
    if title == whole:
        return EXACT
    if whole in title:
        return IN_TITLE
    return IN_TEXT if whole in text or whole in names else APART


def bm25(compared: Compared, weights: Weights) -> Weights:
    """Return the BM25 of each item over its first rows, which weigh so much."""
    mean = compared.lengths.mean()
    norm = K1 * (1 - B + B * compared.lengths / mean) if mean else np.full(len(compared.lengths), K1)
    times = compared.times[:, : len(weights)]
    return _sums(weights * times * (K1 + 1) / (times + norm[:, None]))


def best_passage(compared: Compared, weights: Weights) -> Weights:
    """Return of each item how much of the first rows, which weigh so much, its best passage holds, each once.

    Passages are looked at in steps of half of one.
    """
    items, half, stands = len(compared.lengths), PASSAGE_CHARS // 2, compared.stands
    chosen = (stands.texts % PARTS == 1) & (stands.rows < len(weights))
    of, at, rows = stands.texts[chosen] // PARTS, stands.places[chosen] // half, stands.rows[chosen]
    steps = np.zeros(items, dtype=np.intp)
    np.maximum.at(steps, of, at + 1)
    ends = np.cumsum(steps + 1)  # an empty one behind each item
    begins = ends - steps - 1
    holds = np.zeros((int(ends[-1]) + 1, len(weights)), dtype=bool)
    holds[begins[of] + at, rows] = True
    worth = _sums((holds[:-1] | holds[1:]) * weights)
    worth[ends - 1] = 0.0  # the empty one with the first one of the next item
    return np.maximum.reduceat(worth, begins)


def _weights(compared: Compared, reading: Reading, rarity: Rarity) -> Weights:
    """Of the terms, then of the joints."""
    known, items = len(reading.terms), len(compared.lengths)
    holders = (compared.times[:, known : known + len(reading.joints)] > 0).sum(axis=0)
    joints = [_weight(number, items) for number in holders.tolist()]
    return np.array([*(term.weight * rarity.of(term.parts) for term in reading.terms), *joints], dtype=np.float64)


def _weight(holders: int, items: int) -> float:
    return math.log(1 + (max(items - holders, 0) + 0.5) / (holders + 0.5))


def _shares(compared: Compared, pairs: Sequence[str]) -> Weights:
    """Of the pairs, those that each item holds; 1 where there is none."""
    number = {row: number for number, row in enumerate(compared.rows)}
    held: Weights = (compared.times[:, [number[pair] for pair in pairs]] > 0).sum(axis=1)
    return held / len(pairs) if pairs else np.ones(len(compared.lengths))


def _sums(table: Weights) -> Weights:
    """The sum of each line; of the same line always the same, whichever lines stand beside it."""
    sums: Weights = np.ascontiguousarray(table).sum(axis=1)
    return sums
