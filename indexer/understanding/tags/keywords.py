"""Keyword signal of a category: how many of its keywords occur in a text as whole words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from config.taxonomy import Category
from indexer.understanding.tags.words import cut, folded

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

READ_CHARS = 3000
IN_TITLE, MOST = 2, 3  # a keyword in the title weighs twice; more than three say nothing more
KEPT_TEXTS = 128  # titles and texts of a page of pieces
Span = tuple[int, int]


class Keywords:
    """Finds the keywords of all categories of one facet in a text, in one pass."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self._wanted = [(one.id, word.lower()) for one in categories for word in one.keywords]
        self._words = AhoCorasick([word for _, word in self._wanted])
        self._masked = [(one.id, mask.lower()) for one in categories for mask in one.masks]
        self._masks = AhoCorasick([mask for _, mask in self._masked]) if self._masked else None
        # What a page of pieces is tagged by is asked for once more to say why.
        self._held = lru_cache(maxsize=KEPT_TEXTS)(self._found)

    def signals(self, title: str, text: str) -> Mapping[str, int]:
        """Return category → 1 to 3, for those that have any. Pure."""
        weights: dict[tuple[str, str], int] = dict.fromkeys(self._held(text[:READ_CHARS]), 1)
        weights |= dict.fromkeys(self._held(title), IN_TITLE)
        signals: dict[str, int] = {}
        for (category, _), weight in weights.items():
            signals[category] = min(MOST, signals.get(category, 0) + weight)
        return signals

    def of(self, category: str, title: str, text: str) -> list[str]:
        """Return the keywords of one category that a piece holds, those of the title first. Pure."""
        ordered = [(one, word) for part in (title, text[:READ_CHARS]) for one, word in sorted(self._held(part))]
        return list(dict.fromkeys(word for one, word in ordered if one == category))

    def _found(self, text: str) -> frozenset[tuple[str, str]]:
        read = folded(text)
        places = self._words.find_matches_as_indexes(read, overlapping=True)
        if not places:
            return frozenset()
        masks, edges = self._mask_spans(read), _edges(read)
        return frozenset(
            self._wanted[number]
            for number, start, end in places
            if start in edges and end in edges and not _inside((start, end), masks.get(self._wanted[number][0], ()))
        )

    def _mask_spans(self, read: str) -> Mapping[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for number, start, end in self._masks.find_matches_as_indexes(read, overlapping=True) if self._masks else ():
            found.setdefault(self._masked[number][0], []).append((start, end))
        return found


@lru_cache(maxsize=2)
def _edges(text: str) -> frozenset[int]:
    """Return the places where words begin or end: 丰收|节|水果 has no word 节水, though its characters stand there."""
    return frozenset(cut(text)[1])


def _inside(span: Span, masks: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in masks)
