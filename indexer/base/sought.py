"""Expressions looked for together: each is tried only where one of its landmarks stands (landmarks.py)."""

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from indexer.base.landmarks import landmarks


class Sought:
    """Some expressions, made ready once. What they find is what `finditer` of each would, in time of what stands there.

    Of a text of a thousand characters dozens of long expressions then cost less than one of them by itself.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)
        found = [landmarks(pattern) for pattern in patterns]
        self._is_everywhere = [one is None for one in found]
        told: dict[str, list[tuple[int, int, int]]] = {}  # string → expressions, with how far before it each may begin
        for number, some in enumerate(found):
            for string, (least, most) in (some or {}).items():
                told.setdefault(string, []).append((number, least, most))
        self._told = list(told.values())
        self._strings = AhoCorasick(list(told)) if told else None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of each expression in their order, one expression after the other. Encodable text."""
        starts = self._starts(text)
        for number, pattern in enumerate(self._patterns):
            if self._is_everywhere[number]:
                yield from pattern.finditer(text)
            elif number in starts:
                yield from _tried(pattern, text, sorted(starts[number]))

    def _starts(self, text: str) -> dict[int, set[int]]:
        """Return where each expression may have a match."""
        starts: dict[int, set[int]] = {}
        if self._strings is None:
            return starts
        for string, start, _ in self._strings.find_matches_as_indexes(text, overlapping=True):
            for number, least, most in self._told[string]:
                starts.setdefault(number, set()).update(range(max(start - most, 0), start - least + 1))
        return starts


def _tried(pattern: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()
