"""Word features of a text: which words and pairs of characters stand in it, the rare ones counting more."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.understanding.tags.logistic import Matrix

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 3000  # of a body; what stands behind them adds time and few words
LEAST_TEXTS = 2  # of the lessons that hold a word, or it says nothing of others
FULL = 30.0  # the length of the row of a short piece: some thirty words, each of weight 5 to 6
HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
LONGER = frozenset("İΣ")
KEPT_CUTS = 4  # title and text of a piece, which its words and its keywords are read from
CODE = np.uint64(32)  # bits that a character takes in a pair
Columns = NDArray[np.intp]
WORD, PAIR = re.compile(r"\w*[^\W\d]\w*"), re.compile(f"(?=({HAN}{HAN}))")
PAIR_ALONE = re.compile(HAN + HAN)


def tokens(text: str) -> frozenset[str]:
    """Return the words of two characters and more, without numbers, and every two Chinese characters in a row. Pure."""
    return whole_words(text) | pairs(text)


def pairs(text: str) -> frozenset[str]:
    """Return every two Chinese characters in a row. Pure."""
    return frozenset(PAIR.findall(folded(text)))


def whole_words(text: str) -> frozenset[str]:
    """Return the words of two characters and more, without numbers. Pure."""
    return frozenset(word for word in set(rjieba.cut(folded(text))) if len(word) > 1 and WORD.fullmatch(word))


def folded(text: str) -> str:
    """Return the text in small letters, character by character, so that places stay. Pure.

    Of İ small letters are two characters, and Σ has two of them.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    if LONGER.isdisjoint(readable):
        return readable.lower()
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in readable)


@lru_cache(maxsize=KEPT_CUTS)
def cut(folded_text: str) -> tuple[Sequence[str], Sequence[int]]:
    """Return the words of a text in small letters, all characters among them, and where each begins; then the end."""
    words = rjieba.cut(folded_text)
    return words, list(accumulate(map(len, words), initial=0))


def readable_part(title: str, text: str) -> str:
    """Return what of a piece is looked at. Pure."""
    return f"{title}\n{text[:READ_CHARS]}"


@dataclass(frozen=True, slots=True)
class Heard:
    """Known tokens of a piece, as often as they stand there. starts: (n,), where in `readable_part` each begins."""

    columns: Columns
    starts: Columns


@dataclass(frozen=True, slots=True)
class Words:
    """The words that count, each with its weight: the fewer lessons hold it, the heavier."""

    known: tuple[str, ...]
    weights: Matrix
    _place: dict[str, int] = field(init=False, compare=False, repr=False)
    _pairs: NDArray[np.uint64] = field(init=False, compare=False, repr=False)  # sorted
    _pair_places: Columns = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", {word: place for place, word in enumerate(self.known)})
        known = sorted((_key(word), place) for word, place in self._place.items() if PAIR_ALONE.fullmatch(word))
        object.__setattr__(self, "_pairs", np.array([pair for pair, _ in known], dtype=np.uint64))
        object.__setattr__(self, "_pair_places", np.array([place for _, place in known], dtype=np.intp))

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
        return self.rows([np.array(self.places(held), dtype=np.intp) for held in texts])

    def rows(self, every: Sequence[Columns]) -> Matrix:
        """Return the same of the columns of each text. Pure."""
        rows = np.zeros((len(every), len(self.known)), dtype=np.float32)
        for row, places in zip(rows, every, strict=True):
            row[places] = self.weights[places]
            row /= max(FULL, float(np.linalg.norm(row)))
        return rows

    def places(self, held: frozenset[str]) -> list[int]:
        """Return the columns of the tokens that are known. Pure."""
        return [self._place[word] for word in held if word in self._place]

    def heard(self, title: str, text: str) -> tuple[Heard, Heard]:
        """Return the known whole words of a piece, and its known pairs of characters, in `readable_part`. Pure."""
        begin, body = len(title) + 1, text[:READ_CHARS]
        whole = [*self._whole(title, 0), *self._whole(body, begin)]
        found = np.array(whole, dtype=np.intp).reshape(-1, 2)
        return Heard(found[:, 0], found[:, 1]), self._paired(f"{title}\n{body}")

    def _whole(self, text: str, begin: int) -> Iterator[tuple[int, int]]:
        for word, start in zip(*cut(folded(text)), strict=False):  # behind the last word stands the end
            if (place := self._place.get(word)) is not None:
                yield place, begin + start

    def _paired(self, text: str) -> Heard:
        codes = np.frombuffer(folded(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        pairs = codes[:-1] << CODE | codes[1:]
        places = np.searchsorted(self._pairs, pairs)
        starts = np.flatnonzero(places < len(self._pairs))
        starts = starts[self._pairs[places[starts]] == pairs[starts]]
        return Heard(self._pair_places[places[starts]], starts)


def _key(pair: str) -> int:
    return ord(pair[0]) << int(CODE) | ord(pair[1])
