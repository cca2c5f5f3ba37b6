"""Tell how two texts are alike: one piece, the one a part of the other (excerpt, digest), or neither.

Runs of five letters that both hold show which letters of each stand in the other. Notices from one template share more
than half of theirs: they are told by figures, and by names that each repeats and the other never has. Exact runs, no
sketches: only the few that share some come here (postings.py). Measured by `make quality-duplicates`.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.duplicates.covers import same_cover
from indexer.understanding.duplicates.films import same_film
from indexer.understanding.duplicates.pieces import RUN_CHARS, Piece, Places, edges, stand_in, stretches

VERSION = 4  # counts up with every change of what comes out, which is then done again (recipe.py)

SHORT_CHARS = 60  # below that a text is the same piece by the same letters alone, for one other names another hall
LEAST_CHARS = 12  # "活动预告" is the whole text of many different videos
LEAST_PART_CHARS = 30  # a sentence that two pieces quote makes none a part of the other
# Of the shorter text that the longer one holds. In a notice of three sentences the template alone is half of it.
HELD_SHARE, HELD_SHARE_OF_SHORT, LONG_CHARS = 0.5, 0.8, 180
PART_SHARE = 0.8  # the same, where nothing more is known than that one is part of the other
# Of the longer text that the shorter one holds: below, the shorter is an excerpt of it, or one of several in a digest.
# A text that has words of its own beside (another title, a credit) is sooner a copy that was cut.
SAME_SHARE, SAME_SHARE_WITH_OWN = 0.6, 0.33
OWN_CHARS = 8  # in a row that the other text lacks: words of its own, and no slip
HEADING_CHARS, BESIDE_CHARS, BESIDE_SHARE = 6, 30, 0.12  # of the whole, what it holds beside a part in its middle
LEAST_FIGURES, FIGURES_SHARE = 4, 0.45
FREQUENT = 3  # times that a name stands in a text
# Of the names that one repeats, those that the other lacks: of all, of those that stand there three times, and of all
# where too few figures could speak.
NAMES_SHARE, FREQUENT_NAMES_SHARE, NAMES_SHARE_WITHOUT_FIGURES = 0.3, 0.09, 0.1
# What two reports of one event share lies in many short pieces, what a copy shares in few long ones: above so many in a
# thousand shared letters, with less of the text than this in pieces of thirty, both were written from one source.
CERTAIN_SHARE, MOST_PIECES, LONG_PIECE_CHARS, LONG_PIECES_SHARE = 0.88, 37, 30, 0.58
SLIP_CHARS = 8  # two misread letters, and what lies between them
PASSAGE_CHARS = 120


class Relation(StrEnum):
    """How one text is alike another one."""

    SAME = "same"
    PART = "part"  # the first is part of the second: an excerpt, or one piece of a digest


class Layer(StrEnum):
    """What told it."""

    EQUAL = "equal"  # the folded letters are the same from the first to the last
    FILM = "film"  # few words, nearly one title, and videos that run as long to the second
    COVER = "cover"  # few words, one picture or cover, and neither title nor length speaks against it
    RUNS = "runs"  # most runs of five letters are, figures and names do not speak against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How the one text is alike the other; of a part the one is the part.

    share: of the one's letters (of a film or a cover: of its title) that stand in the other, 0 to 1; other_share: the
    other way round. passage: the longest run of letters that both hold, as the one writes it, at most 120 characters;
    of a film or a cover none.
    """

    relation: Relation
    layer: Layer
    share: float
    other_share: float
    passage: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts that are alike: what the first of them is to the second, or where swapped the second to the first."""

    likeness: Likeness
    swapped: bool


def compare(one: Piece, other: Piece) -> Alike | None:
    """Tell how the two are alike; None: they are not. The same whichever comes first. Pure."""
    swapped = (len(one.letters), one.letters) > (len(other.letters), other.letters)
    part, whole = (other, one) if swapped else (one, other)
    found = _compare(part, whole)
    return None if found is None else Alike(found, swapped)


def _compare(part: Piece, whole: Piece) -> Likeness | None:
    """Tell how the shorter text is alike the longer one."""
    size = len(part.letters)
    if part.letters == whole.letters:
        passage = part.passage(0, size)[:PASSAGE_CHARS] if size >= LEAST_CHARS else ""
        equal = Likeness(relation=Relation.SAME, layer=Layer.EQUAL, share=1, other_share=1, passage=passage)
        return equal if size >= LEAST_CHARS else None
    if (title_share := same_film(part, whole)) is not None:
        return Likeness(
            relation=Relation.SAME, layer=Layer.FILM, share=title_share, other_share=title_share, passage=""
        )
    if (title_share := same_cover(part, whole)) is not None:
        return Likeness(
            relation=Relation.SAME, layer=Layer.COVER, share=title_share, other_share=title_share, passage=""
        )
    # Figures are soon counted; letters are compared only where those do not tell the two apart.
    if size < LEAST_PART_CHARS or not _name_the_same_figures(part, whole):
        return None
    held = held_letters(part, whole)
    share = float(held.mean())
    if share < _least_share(size):
        return None
    held_back = held_letters(whole, part)
    relation = _relation(part, whole, held, held_back)
    if relation is None or _is_told_anew(part, whole, held) or not _repeat_the_same_names(part, whole):
        return None
    if share < CERTAIN_SHARE and _have_subjects_of_their_own(part, whole):
        return None
    other_share = float(held_back.mean())
    start, end = longest(held)
    passage = part.passage(start, end)[:PASSAGE_CHARS]
    return Likeness(relation=relation, layer=Layer.RUNS, share=share, other_share=other_share, passage=passage)


def _least_share(chars: int) -> float:
    """Return what share of a text so long must stand in the other: falls from 60 letters to 180."""
    short = min(max(LONG_CHARS - chars, 0) / (LONG_CHARS - SHORT_CHARS), 1.0)
    return HELD_SHARE + (HELD_SHARE_OF_SHORT - HELD_SHARE) * short


def _relation(part: Piece, whole: Piece, held: NDArray[np.bool_], held_back: NDArray[np.bool_]) -> Relation | None:
    has_own = _own(held, OWN_CHARS) > 0
    # What the part holds once the whole may hold many times: lists of departures, of prices.
    of_whole = min(float(held_back.mean()), 2 * len(part.letters) / len(whole.letters))
    if len(part.letters) < SHORT_CHARS:
        return Relation.PART if not has_own and of_whole < SAME_SHARE else None
    if _stands_under_its_title(part, whole) and _own(held_back, BESIDE_CHARS) > BESIDE_SHARE * len(whole.letters):
        return Relation.PART
    if of_whole >= (SAME_SHARE_WITH_OWN if has_own else SAME_SHARE):
        return Relation.SAME
    return Relation.PART if held.mean() >= PART_SHARE else None


def _own(held: NDArray[np.bool_], chars: int) -> int:
    """Return how many letters lie in stretches of at least so many that the other text lacks."""
    starts, ends = edges(~held)
    sizes = ends - starts
    return int(sizes[sizes >= chars].sum())


def held_letters(one: Piece, other: Piece) -> NDArray[np.bool_]:
    """Return for each letter of the one whether it lies in a run of five that the other holds. Pure."""
    count = len(one.runs)
    shared = np.zeros(count, dtype=np.int64)
    shared[one.order] = stand_in(one.sorted_runs, other.sorted_runs)
    marks = np.zeros(len(one.letters) + 1, dtype=np.int64)
    if count:
        marks[:count] += shared
        marks[RUN_CHARS : RUN_CHARS + count] -= shared
    return np.cumsum(marks[:-1]) > 0


def longest(mask: NDArray[np.bool_]) -> tuple[int, int]:
    """Return (start, end) of the longest stretch of true values, the first of several; (0, 0) without any. Pure."""
    return max(stretches(mask), key=lambda one: one[1] - one[0], default=(0, 0))


def _is_told_anew(part: Piece, whole: Piece, held: NDArray[np.bool_]) -> bool:
    """Tell whether the two are two reports of one thing, and none a copy of the other."""
    if held.mean() >= CERTAIN_SHARE:
        return False
    sizes = _without_slips(part, whole, *edges(held))
    long = sizes[sizes >= LONG_PIECE_CHARS].sum()
    return bool(1000 * len(sizes) > MOST_PIECES * sizes.sum() and long < LONG_PIECES_SHARE * len(held))


def _without_slips(part: Piece, whole: Piece, starts: Places, ends: Places) -> Places:
    """Return how long the stretches are, as one where the other text has as many letters between: they were misread."""
    begins, lasts = starts[1:], ends[:-1] - RUN_CHARS  # where a stretch begins, and the last run of the one before it
    there = whole.places_of(part.runs[begins]) - whole.places_of(part.runs[lasts])
    is_slip = (begins - ends[:-1] <= SLIP_CHARS) & (there == begins - lasts)
    sizes: Places = ends[np.append(~is_slip, True)] - starts[np.insert(~is_slip, 0, True)]
    return sizes


def _stands_under_its_title(part: Piece, whole: Piece) -> bool:
    """Tell whether the title of the part stands inside the whole, which has another one: so digests are written."""
    if len(part.heading) < HEADING_CHARS or part.heading == whole.heading:
        return False
    return part.heading in whole.letters[len(whole.heading) :]


def _have_subjects_of_their_own(one: Piece, other: Piece) -> bool:
    """Tell whether each says of what its title names what the other never names: entries of one pattern in a list."""
    if not one.subject or not other.subject:
        return False
    return one.subject not in other.letters and other.subject not in one.letters


def _name_the_same_figures(one: Piece, other: Piece) -> bool:
    """Tell whether figures do not say that the two are about different things.

    A copy that was cut lacks figures of the original: so what both may have counts. Of few figures one may be misread,
    and templates share some of many.
    """
    fewer = min(len(one.figures), len(other.figures))
    return fewer < LEAST_FIGURES or (len(one.figures & other.figures) + 1) / (fewer + 1) >= FIGURES_SHARE


def _repeat_the_same_names(one: Piece, other: Piece) -> bool:
    """Tell whether names do not say so: the better of the two directions, for a copy that was cut lacks some."""
    names, frequent = map(min, zip(_lacking(one, other), _lacking(other, one), strict=True))
    if min(len(one.figures), len(other.figures)) < LEAST_FIGURES:
        return names <= NAMES_SHARE_WITHOUT_FIGURES
    return names <= NAMES_SHARE and frequent <= FREQUENT_NAMES_SHARE


def _lacking(one: Piece, other: Piece) -> tuple[float, float]:
    """The share of the one's names, each as often as it occurs, that the other never has; and of the frequent ones."""
    names, times = one.names
    lacks = ~stand_in(names, other.syllables)
    return _share(times, lacks), _share(times[times >= FREQUENT], lacks[times >= FREQUENT])


def _share(times: Places, lacks: NDArray[np.bool_]) -> float:
    total = int(times.sum())
    return float(times[lacks].sum()) / total if total else 0.0
