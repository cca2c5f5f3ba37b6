"""Tell whether two videos with few words are one: by their titles and by how long they run.

A film has too few letters to be told by runs of five. Two that run as long to the second and are called nearly the same
are one film on two platforms; parts and episodes of a series are called so too, and are told by what counts them.
"""

import re
from collections import Counter

from indexer.understanding.duplicates.pieces import Piece

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

MOST_CHARS = 200  # of title and text together: with more letters these tell
LEAST_TITLE, LEAST_SECONDS, NEAR_SECONDS = 6, 15, 1  # platforms round one length up or down
TITLE_SHARE = 0.7  # of the pairs of letters of the shorter title, what the other one has too
COUNTING = re.compile(r"[0-9一二三四五六七八九十百上中下前后首末终]")


def same_film(one: Piece, other: Piece) -> float | None:
    """Return what share of the one's title stands in the other's where the two are one film, else None. Pure."""
    if max(len(one.letters), len(other.letters)) > MOST_CHARS or not run_as_long(one, other):
        return None
    shorter, longer = sorted((one.heading, other.heading), key=len)
    if len(shorter) < LEAST_TITLE or count_differently(shorter, longer):
        return None
    share = title_share(shorter, longer)
    return share if share >= TITLE_SHARE else None


def title_share(shorter: str, longer: str) -> float:
    """Return what share of the pairs of letters of a title of two letters or more stands in the longer one. Pure."""
    pairs, others = _pairs(shorter), _pairs(longer)
    return (pairs & others).total() / pairs.total()


def run_as_long(one: Piece, other: Piece) -> bool:
    """Tell whether a video of each runs as long, to the second. Pure."""
    return any(
        abs(first - second) <= NEAR_SECONDS
        for first in one.seconds
        for second in other.seconds
        if min(first, second) >= LEAST_SECONDS
    )


def count_differently(one: str, other: str) -> bool:
    """Tell whether one title has a figure, or 上 and 下 and their like, that the other lacks. Pure."""
    return Counter(COUNTING.findall(one)) != Counter(COUNTING.findall(other))


def _pairs(title: str) -> Counter[str]:
    return Counter(title[place : place + 2] for place in range(len(title) - 1))
