"""Whether one of some words stands close to a span."""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from indexer.policies.parts import fold

Span = tuple[int, int]


class Words:
    """Some words, looked for all at once."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(fold(word) for word in words)
        self._automaton = AhoCorasick(self._words) if self._words else None

    def spans(self, folded: str) -> list[Span]:
        """Return all places of all words, overlapping ones too."""
        if self._automaton is None:
            return []
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)]


class Nearness:
    """Whether a span has one of the words within some characters, counted between the nearest ends; none: always."""

    def __init__(self, words: Sequence[str], *, distance: int) -> None:
        self._words, self._distance, self._always = Words(words), distance, not words

    def spans(self, folded: str) -> list[Span]:
        """Return the places of the words, to be asked about with `has`."""
        return self._words.spans(folded)

    def has(self, span: Span, places: Sequence[Span]) -> bool:
        """Tell whether one of the places is near the span; one inside it is part of it and does not count."""
        if self._always:
            return True
        outside = (place for place in places if not (place[0] >= span[0] and place[1] <= span[1]))
        return any(max(place[0] - span[1], span[0] - place[1], 0) <= self._distance for place in outside)
