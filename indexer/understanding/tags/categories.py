"""Suggest topics, audiences and actions by two signals together: nearness of meaning and keywords."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.taxonomy import Category
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5, Scale
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.keywords import Keywords
from indexer.understanding.tags.meaning import Meaning

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

# Calibrated with multilingual-e5-small on 300 short items with one topic each (ten topics): 0.76 of the suggestions are
# that topic and 0.58 of the topics are suggested; several topics on one item are normal, so the first figure is a lower
# bound.
KEYWORD_WEIGHT = 0.008  # of margin, for each keyword
THRESHOLD = 0.018
SPREAD = 0.04  # from the threshold (score 0.5) to certainty (score 1)
MOST_TAGS = 3


class Tagger:
    """The tagger of one facet.

    needs_keyword: for audiences and actions, which an item may well have none of. A topic is always about something, so
    the nearest one may be suggested by meaning alone when it is near enough. scale: of the model that made the vectors;
    margins are compared as multilingual-e5-small would put them.
    """

    def __init__(
        self,
        facet: Facet,
        categories: Sequence[Category],
        vectors: Vectors,
        *,
        needs_keyword: bool = False,
        scale: Scale = E5,
    ) -> None:
        self._facet, self._needs_keyword, self._scale = facet, needs_keyword, scale
        self._meaning, self._keywords = Meaning(categories, vectors), Keywords(categories)

    def tags(self, title: str, text: str, vector: NDArray[np.float32]) -> tuple[Tag, ...]:
        """Return at most three suggestions, best first. Pure."""
        signals = self._keywords.signals(title, text)
        found: list[Tag] = []
        for category, margin in self._meaning.margins(vector).items():
            keywords = signals.get(category, 0)
            if margin < 0 or (self._needs_keyword and not keywords):
                continue
            over = self._scale.difference(margin) + KEYWORD_WEIGHT * keywords - THRESHOLD
            if over >= 0:
                score = min(1.0, 0.5 + over / SPREAD / 2)
                found.append(Tag(facet=self._facet, id=category, score=round(score, 3)))
        return tuple(sorted(found, key=lambda tag: -tag.score)[:MOST_TAGS])
