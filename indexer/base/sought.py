"""Expressions looked for together: each is tried only where one of its landmarks stands (landmarks.py)."""

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from indexer.base.landmarks import landmarks

Window = tuple[int, int]  # the first and the last place where a match may begin


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
        windows = self._windows(text)
        for number, pattern in enumerate(self._patterns):
            if self._is_everywhere[number]:
                yield from pattern.finditer(text)
            elif number in windows:
                yield from _tried(pattern, text, sorted(windows[number]))

    def _windows(self, text: str) -> dict[int, list[Window]]:
        """Return where each expression may have a match."""
        windows: dict[int, list[Window]] = {}
        if self._strings is None:
            return windows
        for string, start, _ in self._strings.find_matches_as_indexes(text, overlapping=True):
            for number, least, most in self._told[string]:
                windows.setdefault(number, []).append((start - most, start - least))
        return windows


def _tried(pattern: re.Pattern[str], text: str, windows: Sequence[Window]) -> Iterator[re.Match[str]]:
    """Windows in their order may overlap; each place is tried once."""
    start = 0
    for first, last in windows:
        start = max(start, first)
        while start <= last:
            match = pattern.match(text, start)
            if match:
                yield match
            start = match.end() if match else start + 1
