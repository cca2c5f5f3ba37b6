"""What was typed in Latin letters: pinyin, initials, or both, characters among them (食品anquan, spaq, shi pin aq).

Each way to read the letters is followed through the phrases at once: a piece of what was typed (a syllable, an initial,
a character) narrows the places that are left to those whose next character can be read so.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.base.folding import fold
from indexer.search.chinese import QUERY_CHARS
from indexer.search.help.known import Known
from indexer.search.help.matches import Match, Places, matches
from indexer.search.help.readings import (
    LONGEST,
    beginnings,
    by_ear,
    first_readings,
    heard_syllables,
    readings,
    syllables,
)

LEAST_LETTERS = 2  # where there is no character beside them
LEAST_CHARS = 2  # of what is meant: a syllable alone is read as dozens
MOST_CHARS = 40  # of what was typed: nobody spells a longer title
INITIAL, BEGUN, LETTER = 0.10, 0.05, 0.02  # costs of a piece that is less than a syllable
RARE = 0.12  # more, where it is not the commonest reading of the character
BY_EAR = 0.15  # more, where a syllable only sounds like the one that was typed: sipin for shipin
WAYS = 64  # of reading the letters up to one place
TWO_LETTERS = ("zh", "ch", "sh")
BREAKS = " '’\u3000"
TONE = re.compile(r"(?<=[a-z])[1-5](?![0-9])")  # shi2pin3
ALONE = re.compile(r"(?<![a-z0-9])[a-z](?![a-z0-9])")
ROUNDED = "\u0308"  # the dots of ü, which is typed as v


@dataclass(frozen=True, slots=True)
class _Frontier:
    """Places that are left after some of the letters, all read in one way: where each began, where it goes on."""

    starts: NDArray[np.int32]
    nexts: NDArray[np.int32]
    cost: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """From the letters at one place: how many it takes, and which characters (by number) may stand for them."""

    length: int
    allowed: NDArray[np.bool_]
    cost: float


def is_spelled(typed: str) -> bool:
    """Tell whether what was typed has letters that could be pinyin: several, or one beside a character."""
    letters = _letters(typed)
    count = sum("a" <= char <= "z" for char in letters)
    return count >= LEAST_LETTERS or (ALONE.search(letters) is not None and any(map(readings, letters)))


class Spelling:
    """Reads letters by what is known. Any number of threads may ask it."""

    def __init__(self, known: Known) -> None:
        self._known, self._readable = known, _Readable(known)

    def meant(self, typed: str, *, limit: int = 8, is_open: bool = False, by_ear: bool = False) -> list[Match]:
        """Return what the letters may stand for, the likeliest first.

        is_open: the last syllable is still typed. by_ear: syllables may be others that sound alike. Digits are read as
        tones only where nothing is called so with them.
        """
        letters = _letters(typed)
        if not is_spelled(typed) or len(letters) > MOST_CHARS:
            return []
        for spelled in dict.fromkeys((letters, " ".join(TONE.sub(" ", letters).split()))):
            reader = _Reader(self._known, self._readable, spelled, is_open=is_open, by_ear=by_ear)
            if found := matches(self._known, _places(spelled, self._known, reader), limit=limit):
                return found
        return []


class _Readable:
    """Which characters (by number) can be read as a syllable, or from some letters on; worked out at first use."""

    def __init__(self, known: Known) -> None:
        self._first = [first_readings().get(char, "") for char in known.chars]
        self._others = [readings(char) - {first} for char, first in zip(known.chars, self._first, strict=True)]
        self._pieces: dict[tuple[str, float], list[_Piece]] = {}

    def read_as(self, syllable: str) -> list[_Piece]:
        """Return the characters that are read as a whole syllable, and apart those that can be read so too."""
        return self._kept(syllable, 0.0, lambda one: one == syllable)

    def read_from(self, letters: str, cost: float) -> list[_Piece]:
        """Return the same of readings that begin with these letters."""
        return self._kept(letters, cost, lambda one: one.startswith(letters))

    def read_by_ear(self, syllable: str) -> list[_Piece]:
        """Return the characters that are read as a syllable that sounds like this one."""
        return self._kept(
            f"~{syllable}", BY_EAR, lambda one: bool(one) and by_ear(one) == by_ear(syllable), len(syllable)
        )

    def _kept(self, letters: str, cost: float, fits: Callable[[str], bool], length: int = 0) -> list[_Piece]:
        if (letters, cost) not in self._pieces:
            first = np.array([fits(one) for one in self._first], dtype=np.bool_)
            others = np.array([any(map(fits, ones)) for ones in self._others], dtype=np.bool_) & ~first
            length = length or len(letters)
            told = [_Piece(length, first, cost), _Piece(length, others, cost + RARE)]
            self._pieces[letters, cost] = [one for one in told if one.allowed.any()]
        return self._pieces[letters, cost]


def _letters(typed: str) -> str:
    """What was typed, folded, without tones, with one space where a syllable may not go on."""
    bare = unicodedata.normalize("NFD", fold(typed[:QUERY_CHARS])).replace(f"u{ROUNDED}", "v")
    folded = "".join(" " if char in BREAKS else char for char in bare)
    kept = "".join(char for char in folded if char.isalnum() or char == " ")
    return " ".join(kept.split())


def _places(letters: str, known: Known, reader: "_Reader") -> Places:
    waiting: dict[int, list[_Frontier]] = defaultdict(list)
    for piece in reader.pieces(0):
        begun = known.positions_of(piece.allowed)
        waiting[piece.length].append(_Frontier(begun, begun + 1, piece.cost))
    for place in range(1, len(letters)):
        # Of a string that can be read in ever more ways the likeliest are followed.
        for frontier in sorted(waiting.pop(place, []), key=lambda one: one.cost)[:WAYS]:
            if letters[place] == " ":
                waiting[place + 1].append(frontier)
                continue
            for piece in reader.pieces(place):
                if len((reached := _followed(frontier, piece, known)).starts):
                    waiting[place + piece.length].append(reached)
    done = [one for one in waiting.pop(len(letters), []) if len(one.starts) and _chars(one) >= LEAST_CHARS]
    empty = np.empty(0, dtype=np.int32)
    return Places(
        starts=np.concatenate([empty, *(one.starts for one in done)]),
        ends=np.concatenate([empty, *(one.nexts for one in done)]),
        costs=np.repeat([one.cost for one in done], [len(one.starts) for one in done]),
    )


def _chars(frontier: _Frontier) -> int:
    """How many characters the letters were read as: the same everywhere, for each piece is one."""
    return int(frontier.nexts[0] - frontier.starts[0])


def _followed(frontier: _Frontier, piece: _Piece, known: Known) -> _Frontier:
    # The END behind every phrase is never allowed, so that no place runs out of the text.
    is_read = piece.allowed[known.codes[frontier.nexts]]
    return _Frontier(frontier.starts[is_read], frontier.nexts[is_read] + 1, frontier.cost + piece.cost)


class _Reader:
    """The pieces that one query can be read in."""

    def __init__(self, known: Known, readable: _Readable, letters: str, *, is_open: bool, by_ear: bool) -> None:
        self._known, self._readable, self._letters = known, readable, letters
        self._is_open, self._by_ear = is_open, by_ear

    def pieces(self, place: int) -> list[_Piece]:
        """Return what may be read at one place of the letters."""
        char = self._letters[place]
        found = [] if (itself := self._itself(char)) is None else [itself]
        if not "a" <= char <= "z":
            return found
        rest = self._letters[place : place + LONGEST].split(" ")[0]
        wholes = [rest[:end] for end in range(1, len(rest) + 1) if rest[:end] in syllables()]
        found += [piece for one in wholes for piece in self._readable.read_as(one)]
        if self._by_ear:
            heard = [rest[:end] for end in range(2, len(rest) + 1) if by_ear(rest[:end]) in heard_syllables()]
            return found + [piece for one in heard for piece in self._readable.read_by_ear(one)]
        initials = [one for one in (rest[:1], rest[:2]) if len(one) == 1 or one in TWO_LETTERS]
        found += [piece for one in initials for piece in self._readable.read_from(one, INITIAL)]
        is_last = place + len(rest) == len(self._letters)
        if self._is_open and is_last and len(rest) > 1 and rest in beginnings() and rest not in TWO_LETTERS:
            found += self._readable.read_from(rest, BEGUN)
        return found

    def _itself(self, char: str) -> _Piece | None:
        if (number := self._known.number(char)) is None:
            return None
        allowed = np.zeros(len(self._known.chars), dtype=np.bool_)
        allowed[number] = True
        return _Piece(1, allowed, LETTER if "a" <= char <= "z" else 0.0)
