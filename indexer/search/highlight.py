"""Which part of a text a hit shows, and which characters of it answer the query: the same for every engine."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.base.graphemes import MOST, cut_after, cut_before, may_tear
from indexer.search.chinese import Asked, clean
from indexer.search.terms import Stream, streams

EXCERPT_CHARS = 120
LEAD_CHARS = 24  # shown before the first match
WINDOW_CHARS = 20_000  # of a text looked at: a page of hits is marked while its reader waits
MOST_PLACES = 2000  # matches of one text looked at
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Text for display; spans: (start, end) in characters of it, end excluded, in order, apart from each other."""

    text: str
    spans: tuple[Span, ...]


def mark(text: str, asked: Asked) -> Marked:
    """Return the whole text; what the query asks for is marked in its first 20,000 characters."""
    shown = clean(text)
    [spans] = _spans([shown], asked)
    return Marked(text=shown, spans=tuple(spans))


def excerpt(text: str, asked: Asked) -> Marked:
    """Return some 120 characters around the densest matches among the first 20,000; the beginning where none is."""
    shown = clean(text[:WINDOW_CHARS])
    [spans] = _spans([shown], asked)
    return _excerpt(shown, spans, goes_on=len(text) > WINDOW_CHARS)


def marked_all(titles: Sequence[str], texts: Sequence[str], asked: Asked) -> list[tuple[Marked, Marked]]:
    """Return of each title and text what `mark` and `excerpt` do; of a page of hits in a third of the time.

    All of them as `clean` returned them, or the beginning of what it returned.
    """
    windows = [text[:WINDOW_CHARS].rstrip() for text in texts]
    spans = _spans([*titles, *windows], asked)
    return [
        (Marked(text=title, spans=tuple(in_title)), _excerpt(window, in_text, goes_on=len(text) > WINDOW_CHARS))
        for title, in_title, text, window, in_text in zip(
            titles, spans, texts, windows, spans[len(titles) :], strict=False
        )
    ]


def _excerpt(shown: str, spans: list[Span], *, goes_on: bool) -> Marked:
    start = _best_start(spans, len(shown))
    start, end = cut_before(shown, start), cut_after(shown, min(len(shown), start + EXCERPT_CHARS))
    before, after = "…" if start else "", "…" if end < len(shown) or goes_on else ""
    shift = len(before) - start
    kept = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start)
    return Marked(text=f"{before}{shown[start:end]}{after}", spans=kept)


def _spans(shown: Sequence[str], asked: Asked) -> list[list[Span]]:
    """Of each text: whole phrases where it holds all of one, and its words where it does not."""
    if not asked.words:
        return [[] for _ in shown]
    heads = [text[: WINDOW_CHARS + MOST + 1] for text in shown]  # as far as a cut is looked for
    is_torn = may_tear("".join(heads))
    return [
        _spans_of(read, asked, head if is_torn and may_tear(head) else "")
        for read, head in zip(streams([text[:WINDOW_CHARS] for text in shown]), heads, strict=True)
    ]


def _spans_of(read: Stream, asked: Asked, torn: str) -> list[Span]:
    """torn: the text, where a cut may tear a sign of it."""
    characters = read.characters
    held = [phrase for phrase in asked.phrases if phrase in characters]
    words = [word for word in asked.words if word in characters]
    rest = [word for word in words if not any(word in phrase for phrase in held)] if held else words
    found: list[Span] = []
    for needle in (*held, *rest):
        at = characters.find(needle)
        while at >= 0 and len(found) < MOST_PLACES:
            found.append((at, at + len(needle) - 1))
            at = characters.find(needle, at + len(needle))
    if not found:
        return []
    place = read.places.item
    found = sorted((place(first), place(last) + 1) for first, last in found)
    if torn:
        found = sorted((cut_before(torn, start), cut_after(torn, end)) for start, end in found)
    return _joined(found)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _best_start(spans: list[Span], length: int) -> int:
    """The window that holds most marked characters; the first of equals."""
    ends = [end for _, end in spans]
    marked = list(accumulate((end - start for start, end in spans), initial=0))  # characters before each span
    best, most = 0, 0
    for index, (first, _) in enumerate(spans):
        start = max(0, min(first - LEAD_CHARS, length - EXCERPT_CHARS))
        held = marked[bisect_right(ends, start + EXCERPT_CHARS)] - marked[index]
        if held > most:
            best, most = start, held
    return best
