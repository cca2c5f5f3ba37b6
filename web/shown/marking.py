"""Split a text into marked and unmarked parts, which templates then escape one by one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text."""

    text: str
    marked: bool


def parts(text: str, spans: Iterable[tuple[int, int]] = ()) -> list[Part]:
    """Return the whole text in order; spans are (start, end) in characters, may overlap, and are cut to the text."""
    cut, at = [], 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            cut.append(Part(text[at:start], marked=False))
        cut.append(Part(text[start:end], marked=True))
        at = end
    if at < len(text):
        cut.append(Part(text[at:], marked=False))
    return cut
