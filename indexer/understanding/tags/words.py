"""Word features of a text: which words and pairs of characters stand in it, the rare ones counting more."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import rjieba

from indexer.understanding.tags.logistic import Matrix

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 3000  # of a body; what stands behind them adds time and few words
LEAST_TEXTS = 2  # of the lessons that hold a word, or it says nothing of others
FULL = 30.0  # the length of the row of a short piece: some thirty words, each of weight 5 to 6
HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
WORD, PAIR = re.compile(r"\w*[^\W\d]\w*"), re.compile(f"(?=({HAN}{HAN}))")


def tokens(text: str) -> frozenset[str]:
    """Return the words of two characters and more, without numbers, and every two Chinese characters in a row. Pure."""
    return whole_words(text) | pairs(text)


def pairs(text: str) -> frozenset[str]:
    """Return every two Chinese characters in a row. Pure."""
    return frozenset(PAIR.findall(_folded(text)))


def whole_words(text: str) -> frozenset[str]:
    """Return the words of two characters and more, without numbers. Pure."""
    return frozenset(word for word in set(rjieba.cut(_folded(text))) if len(word) > 1 and WORD.fullmatch(word))


def _folded(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").lower()


def readable_part(title: str, text: str) -> str:
    """Return what of a piece is looked at. Pure."""
    return f"{title}\n{text[:READ_CHARS]}"


@dataclass(frozen=True, slots=True)
class Words:
    """The words that count, each with its weight: the fewer lessons hold it, the heavier."""

    known: tuple[str, ...]
    weights: Matrix
    _place: dict[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", {word: place for place, word in enumerate(self.known)})

    @classmethod
    def of(cls, texts: Iterable[frozenset[str]]) -> "Words":
        """Return the words that stand in two of the texts at least. Pure."""
        every = list(texts)
        held = Counter(token for one in every for token in one)
        known = tuple(sorted(word for word, count in held.items() if count >= LEAST_TEXTS))
        rare = [np.log((1 + len(every)) / (1 + held[word])) + 1 for word in known]
        return cls(known, np.array(rare, dtype=np.float32))

    def matrix(self, texts: Sequence[frozenset[str]]) -> Matrix:
        """Return (n, words): the weight of each word that stands in the text, rows of unit length at most. Pure.

        A headline has few words to go by: its row is shorter, and the vector counts for more.
        """
        rows = np.zeros((len(texts), len(self.known)), dtype=np.float32)
        for row, held in zip(rows, texts, strict=True):
            places = self.places(held)
            row[places] = self.weights[places]
            row /= max(FULL, float(np.linalg.norm(row)))
        return rows

    def places(self, held: frozenset[str]) -> list[int]:
        """Return the columns of the tokens that are known. Pure."""
        return [self._place[word] for word in held if word in self._place]
