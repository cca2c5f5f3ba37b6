"""What was typed with an error in it: a character missing, added, exchanged with its neighbour, or another one's place.

The characters typed vote for the places where a phrase may hold what was meant (a whole query shares all but one or two
of its characters with it, at one distance); what stands there is compared from both ends.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.search.chinese import QUERY_CHARS, characters
from indexer.search.help.alike import LIKE_SOUND, UNLIKE, exchanged, taken_for
from indexer.search.help.known import Known
from indexer.search.help.matches import Match, Places, matches

LEAST, MOST = 2, 40  # characters typed
SWAPPED, MISSING, ADDED, ADDED_AT_END = 0.35, 0.55, 0.55, 1.1
UNLIKE_AT_END = 1.0  # another character at the end may be another word, and not an error
LOOKED_AT = 400  # places that are compared
Place = tuple[int, int, float]


class Typing:
    """Finds what stands in the phrases near to what was typed. Any number of threads may ask it."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def meant(self, typed: str, *, limit: int = 8) -> list[Match]:
        """Return what lies one error away, the likeliest first; nothing where it stands there as it was typed."""
        chars = characters(typed[:QUERY_CHARS])
        if not LEAST <= len(chars) <= MOST or self._known.holds(chars):
            return []
        found = list(self._of_two(chars) if len(chars) == LEAST else self._near(chars))
        starts, ends, costs = zip(*found, strict=True) if found else ((), (), ())
        places = Places(
            np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32), np.array(costs, dtype=np.float64)
        )
        return matches(self._known, places, limit=limit)

    def _near(self, chars: str) -> Iterator[Place]:
        for place in self._voted(chars):
            for start in (place - 1, place, place + 1):
                if start > 0:
                    yield from self._compared(chars, start)

    def _voted(self, chars: str) -> list[int]:
        """Where most of the characters stand, each as far from the start as it was typed, or one further or less."""
        votes = np.concatenate([self._known.positions(char) - place for place, char in enumerate(chars)])
        places, counts = np.unique(votes, return_counts=True)
        summed = counts.copy()
        follows = np.flatnonzero(np.diff(places) == 1)
        summed[follows] += counts[follows + 1]
        summed[follows + 1] += counts[follows]
        # Two that are exchanged leave n - 2 at their own distance, and one each beside it.
        is_likely = summed >= max(len(chars) - 1, 1)
        likely, summed = places[is_likely], summed[is_likely]
        return [int(one) for one in likely[np.argsort(-summed, kind="stable")[:LOOKED_AT]]]

    def _compared(self, chars: str, start: int) -> Iterator[Place]:
        """What begins at a position, one shorter than what was typed, as long, or one longer."""
        text = self._known.text
        for more in (-1, 0, 1):
            end = start + len(chars) + more
            meant = text[start:end]
            if len(meant) == len(chars) + more and "\n" not in meant and (cost := one_error(chars, meant)) is not None:
                yield start, end, cost

    def _of_two(self, chars: str) -> Iterator[Place]:
        """Two characters: exchanged, or one of them taken for another; anything further away is another word."""
        one, other = chars[0], chars[1]
        meant = [(first, other, exchanged(one, first)) for first in taken_for(one)]
        meant += [(one, second, exchanged(other, second)) for second in taken_for(other)]
        meant.append((other, one, SWAPPED))
        for first, second, cost in meant:
            if cost <= LIKE_SOUND and self._known.pair_count(first, second):
                yield from self._standing(first, second, cost)

    def _standing(self, first: str, second: str, cost: float) -> Iterator[Place]:
        firsts: NDArray[np.int32] = self._known.positions(first)
        both = firsts[self._known.codes[firsts + 1] == self._known.number(second)]
        for start in both[:LOOKED_AT]:
            yield int(start), int(start) + 2, cost


def one_error(typed: str, meant: str) -> float | None:
    """Return the cost of the one error between two strings; None where there are more, or none."""
    before = _shared(typed, meant)
    if before == len(typed) == len(meant):
        return None
    after = min(_shared(typed[::-1], meant[::-1]), len(typed) - before, len(meant) - before)
    left, right = typed[before : len(typed) - after], meant[before : len(meant) - after]
    is_at_end = after == 0 or before == 0
    match (len(left), len(right)):
        case (1, 1):
            cost = exchanged(left, right)
            return UNLIKE_AT_END if is_at_end and cost == UNLIKE else cost
        case (0, 1):
            # At an end nothing is missing: it is a longer string that holds what was typed.
            return None if is_at_end else MISSING
        case (1, 0):
            return ADDED_AT_END if is_at_end else ADDED
        case (2, 2) if left == right[::-1]:
            return SWAPPED
    return None


def _shared(one: str, other: str) -> int:
    """How many characters two strings begin with in common."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
