"""The words of one version as copies are compared: folded letters, the runs and repeated names in them, figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.base.folding import folded_letters, letters_of
from indexer.base.text import normalized

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

RUN_CHARS = 5  # survives where one letter in ten is misread, and is rare enough to tell
NAME_CHARS, NAME_TIMES = 3, 2
SUBJECT_CHARS = (2, 20)  # of a heading that names what the text is about
READ_CHARS = 50_000  # of title and text together: a digest of many pieces, not a book
FIGURE = re.compile(r"\d+")
# Multipliers of splitmix64: neighbouring letters must not give neighbouring numbers.
_STEP, _LETTER, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_HALF, _TURN = np.uint64(32), np.uint64(29)


@dataclass(frozen=True)
class Piece:
    """Title and text of one version, of a longer one the first 50,000 characters.

    seconds: how long its videos run. looks: of its pictures and covers (base/looks.py), where it has few words.
    """

    title: str
    text: str
    seconds: tuple[int, ...] = ()
    looks: tuple[str, ...] = ()

    @cached_property
    def shown(self) -> str:
        """What is read of it: title, line end, text."""
        return normalized("NFC", f"{self.title}\n{self.text}"[:READ_CHARS])

    @cached_property
    def letters(self) -> str:
        """Letters and digits, folded: without punctuation, white space, width, case and traditional forms."""
        return folded_letters(self.shown)

    @cached_property
    def heading(self) -> str:
        """The folded letters of the title."""
        return folded_letters(self.title[:READ_CHARS])

    @cached_property
    def subject(self) -> str:
        """The heading where the text's own sentences name it: 火斑笛鲷, and not a headline; else nothing.

        A heading that only stands again in a line of its own names nothing.
        """
        name = self.heading
        if not SUBJECT_CHARS[0] <= len(name) <= SUBJECT_CHARS[1] or self.letters.count(name) < 2:
            return ""
        lines = (folded_letters(line) for line in self.text[:READ_CHARS].split("\n"))
        return name if any(name in line and len(line) > 2 * len(name) for line in lines) else ""

    @cached_property
    def runs(self) -> NDArray[np.uint64]:
        """A number for each run of five letters, in their order."""
        return hashed_runs(self.letters, RUN_CHARS)

    @cached_property
    def different_runs(self) -> NDArray[np.uint64]:
        """The numbers of its runs, each once, sorted."""
        return np.unique(self.runs)

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {number: place for place, number in reversed(list(enumerate(self.runs.tolist())))}

    def place_of(self, run: np.uint64) -> int:
        """Return where a run stands first. Raises KeyError where it does not."""
        return self._places[int(run)]

    @cached_property
    def names(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """Runs of three letters that occur twice or more, sorted, and how often each: whom it is about."""
        runs, times = np.unique(self.syllables, return_counts=True)
        often = times >= NAME_TIMES
        return runs[often], times[often]

    @cached_property
    def syllables(self) -> NDArray[np.uint64]:
        """A number for each run of three letters, those of digits alone left out."""
        digits = np.fromiter(map(str.isdecimal, self.letters), dtype=bool, count=len(self.letters))
        runs = hashed_runs(self.letters, NAME_CHARS)
        if not len(runs):
            return runs
        return runs[~np.lib.stride_tricks.sliding_window_view(digits, NAME_CHARS).all(axis=1)]

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers it names, without what stands in and between them: 1.5 is 15, as 1 . 5 is."""
        return frozenset(FIGURE.findall(self.letters))

    def passage(self, start: int, end: int) -> str:
        """Return what is shown of the folded letters from start to end, end excluded."""
        places = np.cumsum([letters_of(char) for char in self.shown])
        first, last = np.searchsorted(places, (start, end - 1), side="right")
        return self.shown[int(first) : int(last) + 1]


def hashed_runs(letters: str, chars: int) -> NDArray[np.uint64]:
    """Return a 64-bit number for every run of so many letters, in their order; of a shorter text none. Pure."""
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - chars + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    for place in range(chars):  # wraps around at 64 bits, as is meant
        found = found * _STEP + (codes[place : place + count] + np.uint64(1)) * _LETTER
    found ^= found >> _HALF
    found *= _MIX
    return found ^ (found >> _TURN)
