"""What help can lead to: titles, units, topics and words of the catalogue, laid end to end to be looked through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.base.folding import fold
from indexer.search.chinese import characters

END = "\n"  # stands between two phrases: nothing that can be searched for
PHRASE_CHARS = 200  # of one phrase; a title that is longer is looked through as far as this


class Kind(StrEnum):
    """What a phrase is."""

    TOPIC = "topic"
    UNIT = "unit"
    POPULAR = "popular"
    TITLE = "title"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """text: as it is shown. key: of a topic, unit or item its id. count: in how many pieces it stands."""

    text: str
    kind: Kind
    key: str = ""
    count: int = 1


class Known:
    """Phrases, folded, end to end. Positions count their characters; an END stands before, between and behind them.

    text: all of it. codes: of each position the place of its character in `chars`. starts, ends: whether a word begins
    at a position, or ended before it. Not changed once made: any number of threads may read it.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        folded = [(one, characters(one.text)[:PHRASE_CHARS]) for one in phrases]
        kept = [(one, chars) for one, chars in folded if chars]
        self.phrases: Sequence[Phrase] = tuple(one for one, _ in kept)
        self.text = END + "".join(chars + END for _, chars in kept)
        self._firsts = np.cumsum([1, *(len(chars) + 1 for _, chars in kept)])[: len(kept)]
        points = np.frombuffer(self.text.encode("utf-32-le"), dtype=np.uint32)
        distinct, codes = np.unique(points, return_inverse=True)
        self.chars = "".join(map(chr, distinct))
        self.codes: NDArray[np.uint16] = codes.astype(np.uint16)
        self._numbers = {char: number for number, char in enumerate(self.chars)}
        # The positions of each character lie side by side.
        self._order: NDArray[np.int32] = np.argsort(self.codes, kind="stable").astype(np.int32)
        self._bounds = np.searchsorted(self.codes[self._order], np.arange(len(self.chars) + 1))
        self.starts = _word_starts(kept, len(self.text))
        pairs = self.codes[:-1].astype(np.int64) * len(self.chars) + self.codes[1:]
        self._pairs, self._pair_counts = np.unique(pairs, return_counts=True)

    def number(self, char: str) -> int | None:
        """Return the place of a character in `chars`; None where it stands nowhere."""
        return self._numbers.get(char)

    def positions(self, char: str) -> NDArray[np.int32]:
        """Return where a character stands."""
        if (number := self._numbers.get(char)) is None:
            return self._order[:0]
        return self._order[self._bounds[number] : self._bounds[number + 1]]

    def positions_of(self, allowed: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Return where one of the characters stands whose numbers are allowed."""
        ranges = [self._order[self._bounds[one] : self._bounds[one + 1]] for one in np.flatnonzero(allowed)]
        return np.concatenate([self._order[:0], *ranges])

    def pair_count(self, one: str, other: str) -> int:
        """Return how often one character stands before another."""
        first, second = self._numbers.get(one), self._numbers.get(other)
        if first is None or second is None:
            return 0
        wanted = first * len(self.chars) + second
        place = int(np.searchsorted(self._pairs, wanted))
        is_there = place < len(self._pairs) and self._pairs[place] == wanted
        return int(self._pair_counts[place]) if is_there else 0

    def holds(self, chars: str) -> bool:
        """Tell whether folded characters stand somewhere in one phrase."""
        return END not in chars and chars in self.text

    def places_of(self, chars: str, *, most: int) -> list[int]:
        """Return where folded characters stand, in the order of the phrases; of many places the first."""
        places: list[int] = []
        at = -1 if END in chars else self.text.find(chars)
        while at >= 0 and len(places) < most:
            places.append(at)
            at = self.text.find(chars, at + 1)
        return places

    def phrase_at(self, position: int) -> tuple[Phrase, int]:
        """Return the phrase that a position lies in, and how many of its characters come before."""
        place = int(np.searchsorted(self._firsts, position, side="right")) - 1
        return self.phrases[place], position - int(self._firsts[place])


def _word_starts(kept: Sequence[tuple[Phrase, str]], length: int) -> NDArray[np.bool_]:
    """Where a word begins or a phrase ends; one that begins at a position is one that ended before it."""
    starts = np.zeros(length, dtype=np.bool_)
    position = 1
    for one, chars in kept:
        starts[position] = True
        at = position
        for word in rjieba.cut(fold(one.text[: 2 * PHRASE_CHARS])):
            starts[min(at, position + len(chars))] = True
            at += len(characters(word))
        position += len(chars)
        starts[position] = True
        position += 1
    return starts
