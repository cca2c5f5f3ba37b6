"""Where words begin and end: 丰收节|水果 holds the characters of 节水 and not the word."""

import re
from functools import lru_cache
from itertools import accumulate, pairwise

import rjieba

from indexer.understanding.policies.normal import Span

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

LONGEST_WORD = 5  # characters of a dictionary's word that is looked for across a border
LATIN = re.compile("[a-z0-9]")


class Borders:
    """The borders of the words of one normalised text; it is cut once, when somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    def is_word(self, span: Span) -> bool:
        """Tell whether a span holds words of its own: none of its characters belongs to a word that leads out of it.

        A word that holds the whole span (老年人 for 老年) is no objection.
        """
        return not (self._cuts_latin(span) or self._is_crossed(span) or self._is_ambiguous(span))

    def _cuts_latin(self, span: Span) -> bool:
        start, end = span
        before, after = self._text[max(0, start - 1) : start], self._text[end : end + 1]
        return any(
            LATIN.match(inner) and outer and LATIN.match(outer)
            for inner, outer in ((self._text[start], before), (self._text[end - 1], after))
        )

    def _is_crossed(self, span: Span) -> bool:
        """A word of the sentence, as it is cut, begins before the span and ends inside, or the other way round."""
        starts, ends = _cut(self._text)
        (start, end), left, right = span, starts[span[0]], starts[span[1] - 1]
        if left < start and ends[left] < end:
            return True
        return start < right and ends[right] > end and not self._is_better_cut(span, right, ends[right])

    def _is_better_cut(self, span: Span, right: int, until: int) -> bool:
        """节水|龙头 for 节|水龙头: no character is left alone where a word begins behind the span."""
        lasts = range(max(until, span[1] + 2), min(len(self._text), span[1] + LONGEST_WORD) + 1)
        return right - span[0] == 1 and any(rjieba.has_word(self._text[span[1] : last]) for last in lasts)

    def _is_ambiguous(self, span: Span) -> bool:
        """The characters are read as two words as well, one that ends in the span and one that begins there."""
        start, end = span
        return any(self._ends_word(start, cut) and self._begins_word(cut, end) for cut in range(start + 1, end))

    def _ends_word(self, start: int, cut: int) -> bool:
        firsts = range(max(0, cut - LONGEST_WORD), start)
        return any(rjieba.has_word(self._text[first:cut]) for first in firsts)

    def _begins_word(self, cut: int, end: int) -> bool:
        lasts = range(end + 1, min(len(self._text), cut + LONGEST_WORD) + 1)
        return any(rjieba.has_word(self._text[cut:last]) for last in lasts)


@lru_cache(maxsize=4)
def _cut(text: str) -> tuple[list[int], dict[int, int]]:
    """Return where the word of each character begins, and where the words end by where they begin."""
    words = rjieba.cut(text, False)  # noqa: FBT003 - it knows no names
    edges = list(accumulate(map(len, words), initial=0))
    ends = dict(pairwise(edges))
    return [start for start, end in ends.items() for _ in range(end - start)], ends
