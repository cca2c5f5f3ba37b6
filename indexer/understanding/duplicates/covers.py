"""Tell whether two posts with few words are one: they show one picture, and title and length do not speak against it.

A film's cover goes with it to other platforms, where it gets another title; a photograph is sent round with its own.
Series have one cover for all their parts: these are told by what counts them and by how long they run.
"""

from indexer.base.looks import looks_alike
from indexer.understanding.duplicates.films import MOST_CHARS, count_differently, run_as_long, title_share
from indexer.understanding.duplicates.pieces import Piece

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

LEAST_TITLE = 4
FILM_TITLE_SHARE, PICTURE_TITLE_SHARE = 0.3, 0.7  # of the pairs of letters of the shorter title, in the other one


def is_told_by_pictures(piece: Piece) -> bool:
    """Tell whether a piece has so few words that its pictures tell it. Pure."""
    return len(piece.letters) <= MOST_CHARS


def same_cover(one: Piece, other: Piece) -> float | None:
    """Return what share of the one's title stands in the other's where the two are one post, else None. Pure."""
    if not (is_told_by_pictures(one) and is_told_by_pictures(other) and looks_alike(one.looks, other.looks)):
        return None
    if bool(one.seconds) != bool(other.seconds) or (one.seconds and not run_as_long(one, other)):
        return None
    shorter, longer = sorted((one.heading, other.heading), key=len)
    if len(shorter) < LEAST_TITLE or count_differently(shorter, longer):
        return None
    share = title_share(shorter, longer)
    return share if share >= (FILM_TITLE_SHARE if one.seconds else PICTURE_TITLE_SHARE) else None
