"""One cutting for every engine: what of a text is searched, and the runs of its characters that it is held by.

Nothing of it depends on words: any piece of a text is a run of its characters, so that no piece is ever missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.search.chinese import characters

Codes = NDArray[np.uint32]
Places = NDArray[np.intp]
SPACE = ord(" ")
SHORT = 60  # characters: below it the way through an array is the longer one
MOST_KEPT = 20_000  # short texts: titles and names of units, which every search reads again
_UNKNOWN, _SEVERAL, _NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0  # no code point; none of them is searched for
_TABLE: Codes = np.full(0x110000, _UNKNOWN, dtype=np.uint32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The searchable characters of several texts, end to end and one by one. ends: where each ends, that excluded."""

    codes: Codes
    ends: NDArray[np.intp]
    texts: Sequence[str]

    @staticmethod
    def of(shown: Sequence[str]) -> "Laid":
        """Lay out texts that `clean` returned, in one pass over all of them."""
        folded, places = _spread("".join(shown))
        ends = np.searchsorted(places, np.cumsum([len(one) for one in shown], dtype=np.intp))
        whole, bounds = text_of(folded), [0, *ends.tolist()]
        texts = [whole[begin:end] for begin, end in pairwise(bounds)]
        return Laid(codes=folded, ends=ends, texts=texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The searchable characters of a shown text; places[i] is where the i-th stands in that text."""

    characters: str
    places: Places


def streams(shown: Sequence[str]) -> list[Stream]:
    """Return the searchable characters of texts that `clean` returned, each with its place, in one pass over all."""
    folded, places = _spread("".join(shown))
    characters = text_of(folded)
    starts = np.cumsum([0, *map(len, shown)])
    bounds = np.searchsorted(places, starts).tolist()
    return [
        Stream(characters=characters[begin:end], places=places[begin:end] - start)
        for start, (begin, end) in zip(starts.tolist(), pairwise(bounds), strict=False)
    ]


def codes(shown: str) -> Codes:
    """Return the code points of `characters(shown)`, for a text that `clean` returned. Ten times as fast."""
    return _spread(shown)[0]


def searched(shown: str) -> str:
    """Return `characters(shown)`, for a text that `clean` returned."""
    return _short(shown) if len(shown) < SHORT else text_of(codes(shown))


def runs(text: str, length: int) -> str:
    """Return all runs of so many characters of a folded text, in their order, between spaces; none of a shorter one."""
    count = len(text) - length + 1
    if count <= 0:
        return ""
    if count < SHORT:
        return " ".join([text[place : place + length] for place in range(count)])
    of = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    rows = np.full((count, length + 1), SPACE, dtype=np.uint32)
    for place in range(length):
        rows[:, place] = of[place : place + count]
    return rows.tobytes().decode("utf-32-le")


def text_of(of: Codes) -> str:
    """Return the characters as text."""
    return of.tobytes().decode("utf-32-le")


def covering(needle: str, length: int) -> list[tuple[int, str]]:
    """Return the fewest runs of `length` characters, with their places, that together are the needle.

    The needle has at least so many characters.
    """
    last = len(needle) - length
    places = [*range(0, last, length), last]
    return [(place, needle[place : place + length]) for place in places]


def bigrams(text: str) -> list[str]:
    """Return the pairs of characters of a folded text in their order."""
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _spread(shown: str) -> tuple[Codes, Places]:
    """What the characters fold to, one after the other, and of each the place of the character that it comes of."""
    given = np.frombuffer(shown.encode("utf-32-le"), dtype=np.uint32)
    folded = _TABLE.take(given)  # twice as fast as by brackets
    greatest = folded.max(initial=0)
    if greatest == _UNKNOWN:
        for code in np.unique(given[folded == _UNKNOWN]).tolist():
            _TABLE[code] = _entry(code)
        folded = _TABLE.take(given)
        greatest = folded.max(initial=0)
    places = np.flatnonzero(folded)  # but for _NOTHING, which is 0
    kept = folded.take(places)
    return _in_full(kept, places, given) if greatest == _SEVERAL else (kept, places)


def _in_full(kept: Codes, places: Places, given: Codes) -> tuple[Codes, Places]:
    """With each ligature, fraction or unit (℃) replaced by what it folds to; a text of nothing else takes no longer."""
    several = np.flatnonzero(kept == _SEVERAL)
    each, which = np.unique(given[places[several]], return_inverse=True)
    rows = [_folded(code) for code in each.tolist()]
    lengths_of_each = np.array([len(row) for row in rows], dtype=np.intp)
    table = np.zeros((len(rows), lengths_of_each.max()), dtype=np.uint32)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    lengths = lengths_of_each[which]
    more, begins = lengths - 1, several + np.cumsum(lengths) - lengths - np.arange(len(several))
    at = np.repeat(several + 1, more)
    full, places = np.insert(kept, at, 0), np.insert(places, at, np.repeat(places[several], more))
    for step in range(table.shape[1]):
        reaches = lengths > step
        full[begins[reaches] + step] = table[which[reaches], step]
    return full, places


@lru_cache(maxsize=MOST_KEPT)
def _short(shown: str) -> str:
    return characters(shown)


@cache
def _folded(code: int) -> tuple[int, ...]:
    """There are some two thousand that become several."""
    return tuple(map(ord, characters(chr(code))))


def _entry(code: int) -> int:
    folded = characters(chr(code))
    return _NOTHING if not folded else ord(folded) if len(folded) == 1 else _SEVERAL
