"""Tell whether two texts are one piece: a repost with another head line, foot or a few changed words.

Long runs of the same characters tell: shingles of 12 characters survive a repost, while notices written from one
template differ in names and figures every few words. Exact sets, no sketches: only the few nearest by vector come here.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from indexer.base.text import letters

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

SHINGLE_CHARS = 12
SHORT_CHARS = 60  # below that a text is too short for shingles: only the same words are the same piece
LEAST_CHARS = 12  # "活动预告" is the whole text of many different videos
READ_CHARS = 6000
# Measured on 102 pairs of news (reposts against notices from one template): 0.94 of both are told right.
HELD_SHARE, CERTAIN_SHARE = 0.40, 0.60
FIGURES_SHARE = 0.5
LENGTH_RATIO = 1 / 3  # a digest holds the whole of a short notice and is another piece
FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Piece:
    """The words of one version, as they are compared."""

    title: str
    text: str

    @cached_property
    def characters(self) -> str:
        """Title and body without punctuation and white space."""
        return letters(f"{self.title}\n{self.text}"[:READ_CHARS])

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Every run of 12 characters."""
        found = self.characters
        return frozenset(found[start : start + SHINGLE_CHARS] for start in range(len(found) - SHINGLE_CHARS + 1))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers it names."""
        return frozenset(FIGURE.findall(f"{self.title} {self.text}"[:READ_CHARS]))


def is_same(one: Piece, other: Piece) -> bool:
    """Tell whether the two are one piece. Pure, and the same in both directions."""
    shorter, longer = sorted((one, other), key=lambda piece: len(piece.characters))
    if len(shorter.characters) < SHORT_CHARS:
        return shorter.characters == longer.characters and len(shorter.characters) >= LEAST_CHARS
    if len(shorter.characters) < len(longer.characters) * LENGTH_RATIO:
        return False
    held = len(one.shingles & other.shingles) / len(shorter.shingles)
    if held >= CERTAIN_SHARE:
        return True
    return held >= HELD_SHARE and _name_the_same_figures(one, other)


def _name_the_same_figures(one: Piece, other: Piece) -> bool:
    fewer = min(len(one.figures), len(other.figures))
    return fewer == 0 or len(one.figures & other.figures) / fewer >= FIGURES_SHARE
