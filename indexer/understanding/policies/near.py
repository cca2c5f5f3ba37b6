"""Tell whether one of some words stands close to a span of text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from indexer.understanding.policies.normal import Span, plain

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


class Words:
    """Some words, looked for all at once."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(plain(word) for word in words)
        self.longest = max(map(len, self._words), default=0)
        self._automaton = AhoCorasick(self._words) if self._words else None

    def spans(self, folded: str) -> list[Span]:
        """Return all places of all words in their order, overlapping ones too."""
        if self._automaton is None:
            return []
        return sorted(
            (start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
        )

    def between(self, places: Sequence[Span], first: int, last: int) -> Sequence[Span]:
        """Return those of the places, in their order, that may touch the characters from first to last."""
        # By bisection: a text of words and words near them would else compare each with all.
        return places[bisect_left(places, (first - self.longest, 0)) : bisect_right(places, (last + 1, 0))]


class Nearness:
    """Whether a span has one of the words within some characters, counted between the nearest ends; none: always."""

    def __init__(self, words: Sequence[str], *, distance: int) -> None:
        self._words, self._distance, self._always = Words(words), distance, not words

    def spans(self, folded: str) -> list[Span]:
        """Return the places of the words, to be asked about with `has`."""
        return self._words.spans(folded)

    def is_possible(self, folded: str) -> bool:
        """Tell whether anything in the text could have one of the words near."""
        return self._always or bool(self._words.spans(folded))

    def has(self, span: Span, places: Sequence[Span]) -> bool:
        """Tell whether one of the places is near the span; one inside it is part of it and does not count."""
        if self._always:
            return True
        around = self._words.between(places, span[0] - self._distance, span[1] + self._distance)
        outside = (place for place in around if not (place[0] >= span[0] and place[1] <= span[1]))
        return any(max(place[0] - span[1], span[0] - place[1], 0) <= self._distance for place in outside)
