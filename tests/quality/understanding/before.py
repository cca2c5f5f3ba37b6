"""What copies were told by before and beside: runs of twelve characters unfolded; folding and MinHash signatures."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.base.text import letters
from indexer.understanding.duplicates.pieces import Piece
from tests.quality.understanding.variants import Article

FIGURE = re.compile(r"\d+(?:\.\d+)?")
RUN, READ_CHARS, SHORT_CHARS, LEAST_CHARS = 12, 6000, 60, 12
HELD_SHARE, CERTAIN_SHARE, FIGURES_SHARE, LENGTH_RATIO = 0.40, 0.60, 0.5, 1 / 3
HASHES, SAME_CONTAINMENT, PART_RATIO = 256, 0.5, 0.5
Found = Sequence[tuple[int, str]]  # number of an article, and `same` or `part`


@dataclass(frozen=True)
class OldPiece:
    """The words of one version as they were compared before: half width and lower case, nothing else folded."""

    article: Article

    @cached_property
    def characters(self) -> str:
        """Letters and digits of title and text."""
        return letters(f"{self.article.title}\n{self.article.text}"[:READ_CHARS])

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Every run of twelve."""
        found = self.characters
        return frozenset(found[start : start + RUN] for start in range(len(found) - RUN + 1))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers it names."""
        return frozenset(FIGURE.findall(f"{self.article.title} {self.article.text}"[:READ_CHARS]))


class Before:
    """The rule of before, with better candidates than it had: all that share a run, not the thirty nearest vectors."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._pieces = [OldPiece(one) for one in articles]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, piece in enumerate(self._pieces):
            for run in piece.shingles:
                self._holders[run].append(number)

    def find(self, one: Article) -> Found:
        """Return the articles that were the same piece as this one; no other relation was known."""
        piece = OldPiece(one)
        near = sorted({number for run in piece.shingles for number in self._holders.get(run, ())})
        return [(number, "same") for number in near if was_same(piece, self._pieces[number])]


def was_same(one: OldPiece, other: OldPiece) -> bool:
    """Tell whether the two were one piece by the rule of before."""
    shorter, longer = sorted((one, other), key=lambda piece: len(piece.characters))
    if len(shorter.characters) < SHORT_CHARS:
        return shorter.characters == longer.characters and len(shorter.characters) >= LEAST_CHARS
    if len(shorter.characters) < len(longer.characters) * LENGTH_RATIO:
        return False
    held = len(one.shingles & other.shingles) / len(shorter.shingles)
    fewer = min(len(one.figures), len(other.figures))
    agree = fewer == 0 or len(one.figures & other.figures) / fewer >= FIGURES_SHARE
    return held >= CERTAIN_SHARE or (held >= HELD_SHARE and agree)


class FoldedMinHash:
    """Folded letters, runs of five, signatures of 256 hashes: similarity and, from the lengths, containment."""

    def __init__(self, articles: Sequence[Article]) -> None:
        random = np.random.default_rng(1)
        self._factors = random.integers(1, 2**63, HASHES, dtype=np.uint64) | np.uint64(1)
        self._known = [self._signature(one) for one in articles]
        self._signatures = np.array([signature for signature, _ in self._known]).reshape(len(articles), HASHES)

    def find(self, one: Article) -> Found:
        """Return the articles of which one holds half of the other; `part` where half is half of one alone."""
        signature, size = self._signature(one)
        alike = (self._signatures == signature).mean(axis=1)
        return list(self._judged(alike, size))

    def is_same(self, one: Article, other: Article) -> bool:
        """Tell whether two articles are one piece by it."""
        (first, size), (second, other_size) = self._signature(one), self._signature(other)
        return _judge(float((first == second).mean()), size, other_size) == "same"

    def _judged(self, alike: NDArray[np.float64], size: int) -> Iterator[tuple[int, str]]:
        for number in np.flatnonzero(alike):
            if relation := _judge(float(alike[number]), size, self._known[number][1]):
                yield int(number), relation

    def _signature(self, one: Article) -> tuple[NDArray[np.uint64], int]:
        runs = Piece(one.title, one.text).different_runs
        if not len(runs):
            return np.zeros(HASHES, dtype=np.uint64), 0
        mixed = runs[:, None] * self._factors[None, :]
        return (mixed ^ (mixed >> np.uint64(32))).min(axis=0), len(runs)


def _judge(similarity: float, size: int, other: int) -> str | None:
    shared = similarity * (size + other) / (1 + similarity)
    if not min(size, other) or shared / min(size, other) < SAME_CONTAINMENT:
        return None
    return "same" if shared / max(size, other) >= PART_RATIO * SAME_CONTAINMENT else "part"
