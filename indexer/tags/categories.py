"""Topics, audiences and actions: suggestions from two signals, neither of which decides alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.taxonomy import Category
from indexer.embeddings.port import Vectors
from indexer.items import Facet, Tag
from indexer.tags.keywords import Keywords
from indexer.tags.meaning import Meaning

# Calibrated on 300 short items with one topic each (ten topics), where 0.76 of the suggestions name that topic and 0.58
# of the topics are suggested; several topics on one item are normal, so the first figure is a lower bound.
KEYWORD_WEIGHT = 0.008  # of margin, for each keyword
THRESHOLD = 0.018
SPREAD = 0.04  # from the threshold (score 0.5) to certainty (score 1)
MOST_TAGS = 3


class Tagger:
    """One facet. needs_keyword: for audiences and actions, which an item may well have none of.

    A topic is always about something, so the nearest one may be suggested by meaning alone when it is near enough.
    """

    def __init__(
        self, facet: Facet, categories: Sequence[Category], vectors: Vectors, *, needs_keyword: bool = False
    ) -> None:
        self._facet, self._needs_keyword = facet, needs_keyword
        self._meaning, self._keywords = Meaning(categories, vectors), Keywords(categories)

    def tags(self, title: str, text: str, vector: NDArray[np.float32]) -> tuple[Tag, ...]:
        """Return at most three suggestions, best first. Pure."""
        signals = self._keywords.signals(title, text)
        found: list[Tag] = []
        for category, margin in self._meaning.margins(vector).items():
            keywords = signals.get(category, 0)
            if margin < 0 or (self._needs_keyword and not keywords):
                continue
            over = margin + KEYWORD_WEIGHT * keywords - THRESHOLD
            if over >= 0:
                score = min(1.0, 0.5 + over / SPREAD / 2)
                found.append(Tag(facet=self._facet, id=category, score=round(score, 3)))
        return tuple(sorted(found, key=lambda tag: -tag.score)[:MOST_TAGS])
