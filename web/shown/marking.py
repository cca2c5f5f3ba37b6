"""Split a text into marked and unmarked parts, which templates then escape one by one; or mark it at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text."""

    text: str
    marked: bool


def parts(text: str, spans: Iterable[Span] = ()) -> list[Part]:
    """Return the whole text in order; spans are (start, end) in characters, may overlap, and are cut to the text."""
    cut, at = [], 0
    for start, end in _apart(text, spans):
        if start > at:
            cut.append(Part(text[at:start], marked=False))
        cut.append(Part(text[start:end], marked=True))
        at = end
    if at < len(text):
        cut.append(Part(text[at:], marked=False))
    return cut


def marked(text: str, spans: Iterable[Span] = ()) -> Markup:
    """Return the whole text escaped, with what the spans of `parts` mark in `mark`."""
    escaped = escape(text)
    if not spans:
        return escaped
    # Of most texts nothing is escaped: what is cut out of them needs no more looking at, a page cuts hundreds.
    is_plain = len(escaped) == len(text)
    of = str if is_plain else escape
    html, at = [], 0
    for start, end in _apart(text, spans):
        html += [of(text[at:start]), "<mark>", of(text[start:end]), "</mark>"]
        at = end
    return Markup("".join([*html, of(text[at:])]))  # noqa: S704  # each part is escaped


def _apart(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, cut to the text and to what the one before left of it."""
    at = 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            yield start, end
            at = end
