"""Which part of a text a hit shows, and which characters of it answer the query: the same for every engine."""

from dataclasses import dataclass

from indexer.base.graphemes import cut_after, cut_before
from indexer.search.chinese import Asked, clean
from indexer.search.terms import stream

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
    return Marked(text=shown, spans=tuple(_spans(shown, asked)))


def excerpt(text: str, asked: Asked) -> Marked:
    """Return some 120 characters around the densest matches among the first 20,000; the beginning where none is."""
    shown = clean(text[:WINDOW_CHARS])
    spans = _spans(shown, asked)
    start = _best_start(spans, len(shown))
    start, end = cut_before(shown, start), cut_after(shown, min(len(shown), start + EXCERPT_CHARS))
    before, after = "…" if start else "", "…" if end < len(shown) or len(text) > WINDOW_CHARS else ""
    shift = len(before) - start
    kept = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start)
    return Marked(text=f"{before}{shown[start:end]}{after}", spans=kept)


def _spans(shown: str, asked: Asked) -> list[Span]:
    """Whole phrases where the text holds all of one, and its words where it does not."""
    if not asked.words:
        return []
    searched = stream(shown[:WINDOW_CHARS])
    held = [phrase for phrase in asked.phrases if phrase in searched.characters]
    rest = [word for word in asked.words if not any(word in phrase for phrase in held)]
    found: list[Span] = []
    for needle in (*held, *rest):
        at = searched.characters.find(needle)
        while at >= 0 and len(found) < MOST_PLACES:
            start, end = int(searched.places[at]), int(searched.places[at + len(needle) - 1]) + 1
            found.append((cut_before(shown, start), cut_after(shown, end)))
            at = searched.characters.find(needle, at + len(needle))
    return _joined(sorted(found))


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
    best, most = 0, 0
    for index, (first, _) in enumerate(spans):
        start = max(0, min(first - LEAD_CHARS, length - EXCERPT_CHARS))
        held = sum(b - a for a, b in spans[index : index + EXCERPT_CHARS] if b <= start + EXCERPT_CHARS)
        if held > most:
            best, most = start, held
    return best
