"""What of a text tells its event: the words of its title and beginning, and the figures and days that it names.

Two reports of one event name the same people, places and things in their first sentences, in whatever order; further
down each goes its own way. Measured by `make quality-related`.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.base.folding import fold

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

FORM = VERSION  # leads of different forms are never compared
LEAD_CHARS, READ_CHARS = 200, 50_000
LEAST_WORD, MOST_NUMBERS = 2, 256
FIGURE = re.compile(r"\d+(?:\.\d+)?")
Numbers = NDArray[np.uint32]  # each once, sorted


@dataclass(frozen=True, slots=True, eq=False)
class Lead:
    """Words of title and beginning, and figures of the whole text, each as a number. At most 256 of each."""

    words: Numbers
    figures: Numbers


def lead_of(title: str, text: str) -> Lead:
    """Return what tells the event of a text; both are empty where it says nothing. Pure."""
    figures = FIGURE.findall(fold(f"{title}\n{text}"[:READ_CHARS]))
    return Lead(words=_numbers(named_words(title, text)), figures=_numbers(map(_number, figures)))


def named_words(title: str, text: str) -> Mapping[int, str]:
    """Return the words of title and beginning by their numbers: of two letters or more, and no figures. Pure."""
    found = rjieba.cut(fold(f"{title}\n{text[:LEAD_CHARS]}"))
    return {
        _number(word): word for word in found if len(word) >= LEAST_WORD and word.isalnum() and not word.isdecimal()
    }


def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))


def _numbers(found: Iterable[int]) -> Numbers:
    return np.unique(np.fromiter(found, dtype=np.uint32))[:MOST_NUMBERS]
