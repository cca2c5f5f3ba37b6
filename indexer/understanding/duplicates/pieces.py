"""The words of one version as copies are compared: folded letters, the runs and repeated names in them, figures."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.base.folding import folded_letters, letters_of
from indexer.base.text import normalized

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

Runs = NDArray[np.uint64]
Places = NDArray[np.intp]

RUN_CHARS = 5  # survives where one letter in ten is misread, and is rare enough to tell
NAME_CHARS, NAME_TIMES = 3, 2
SUBJECT_CHARS = (2, 20)  # of a heading that names what the text is about
READ_CHARS = 50_000  # of title and text together: a digest of many pieces, not a book
BEYOND_DECIMALS = 0x20000
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
    def runs(self) -> Runs:
        """A number for each run of five letters, in their order."""
        return hashed_runs(self.letters, RUN_CHARS)

    @cached_property
    def order(self) -> Places:
        """The places of its runs by their numbers, the lowest number first; of equal ones in any order."""
        return np.argsort(self.runs)

    @cached_property
    def sorted_runs(self) -> Runs:
        """The numbers of its runs, sorted."""
        return self.runs[self.order]

    @cached_property
    def different_runs(self) -> Runs:
        """The numbers of its runs, each once, sorted."""
        return self.sorted_runs[firsts(self.sorted_runs)]

    @cached_property
    def _places(self) -> Places:
        """Where each different run stands first."""
        starts = np.flatnonzero(firsts(self.sorted_runs))
        return np.minimum.reduceat(self.order, starts) if len(starts) else starts

    def places_of(self, runs: Runs) -> Places:
        """Return where each of some runs stands first; all of them stand in it."""
        return self._places[np.searchsorted(self.different_runs, runs)]

    @cached_property
    def names(self) -> tuple[Runs, Places]:
        """Runs of three letters that occur twice or more, sorted, and how often each: whom it is about."""
        starts = np.flatnonzero(firsts(self.syllables))
        times = np.diff(np.append(starts, len(self.syllables)))
        often = times >= NAME_TIMES
        return self.syllables[starts[often]], times[often]

    @cached_property
    def syllables(self) -> Runs:
        """A number for each run of three letters, those of digits alone left out; sorted."""
        runs, digits = hashed_runs(self.letters, NAME_CHARS), self._digits
        if not len(runs):
            return runs
        is_figure = digits[:-2] & digits[1:-1] & digits[2:]
        return np.sort(runs[~is_figure])

    @cached_property
    def _digits(self) -> NDArray[np.bool_]:
        codes = np.frombuffer(self.letters.encode("utf-32-le", "replace"), dtype=np.uint32)
        return _decimals().take(codes, mode="clip")

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers it names, without what stands in and between them: 1.5 is 15, as 1 . 5 is."""
        return frozenset(self.letters[start:end] for start, end in stretches(self._digits))

    def passage(self, start: int, end: int) -> str:
        """Return what is shown of the folded letters from start to end, end excluded."""
        places = np.cumsum([letters_of(char) for char in self.shown])
        first, last = np.searchsorted(places, (start, end - 1), side="right")
        return self.shown[int(first) : int(last) + 1]


def stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (start, end) of each stretch of true values, end excluded. Pure."""
    starts, ends = edges(mask)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def edges(mask: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Return where the stretches of true values begin, and where they end. Pure."""
    padded = np.zeros(len(mask) + 2, dtype=bool)
    padded[1:-1] = mask
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    return changes[::2], changes[1::2]


def firsts(numbers: Runs) -> NDArray[np.bool_]:
    """Return of each of some sorted numbers whether it is the first of its kind. Pure."""
    found = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found


def stand_in(numbers: Runs, known: Runs) -> NDArray[np.bool_]:
    """Return of each of some sorted numbers whether it is among others, sorted too. Pure."""
    if not len(known):
        return np.zeros(len(numbers), dtype=bool)
    found: NDArray[np.bool_] = known.take(np.searchsorted(known, numbers), mode="clip") == numbers
    return found


@cache
def _decimals() -> NDArray[np.bool_]:
    """Return code point → whether it is a decimal digit; beyond the table none is."""
    found = np.zeros(BEYOND_DECIMALS, dtype=bool)
    found[[match.start() for match in re.finditer(r"\d", "".join(map(chr, range(BEYOND_DECIMALS))))]] = True
    return found


def hashed_runs(letters: str, chars: int) -> Runs:
    """Return a 64-bit number for every run of so many letters, in their order; of a shorter text none. Pure."""
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - chars + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    weighed = (codes + np.uint64(1)) * _LETTER
    found = weighed[:count].copy()
    for place in range(1, chars):  # wraps around at 64 bits, as is meant
        found *= _STEP
        found += weighed[place : place + count]
    found ^= found >> _HALF
    found *= _MIX
    return found ^ (found >> _TURN)
