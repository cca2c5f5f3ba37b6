"""The tagger as it was before it learned: nearness to prototypes and keywords, both together. A baseline of tags.py."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from config.taxonomy import Category
from indexer.catalogue.items import ItemKind
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5, Scale
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.keywords import MOST, Keywords

# Calibrated with multilingual-e5-small on 300 short items with one topic each (ten topics): 0.76 of the suggestions are
# that topic and 0.58 of the topics are suggested; several topics on one item are normal, so the first figure is a lower
# bound.
KEYWORD_WEIGHT = 0.008  # of margin, for each keyword
THRESHOLD = 0.018
SPREAD = 0.04  # from the threshold (score 0.5) to certainty (score 1)
MOST_TAGS = 3
BEST = 2  # prototypes that are looked at alone beside the mean of all: a category has several sides
# The forms that an item has by its kind; an activity's form is only known from its words.
BY_KIND = {ItemKind.ARTICLE: "article", ItemKind.VIDEO: "video", ItemKind.LIVE: "live"}
NEEDED = 2  # once in the title, or two words of the text


def prototype_texts(categories: Sequence[Category]) -> list[str]:
    """Return the sentences to embed: of each category its prototypes, then its traps that exclude something."""
    return [
        text for one in categories for text in (*one.prototypes, *(trap.text for trap in one.traps if trap.excludes))
    ]


class Meaning:
    """Compares texts with the prototypes of one facet. vectors: of `prototype_texts`, in its order."""

    def __init__(self, categories: Sequence[Category], vectors: Vectors) -> None:
        self._prototypes: dict[str, Vectors] = {}
        self._traps: list[tuple[frozenset[str], NDArray[np.float32]]] = []
        row = 0
        for one in categories:
            if one.prototypes:
                self._prototypes[one.id] = vectors[row : row + len(one.prototypes)]
            row += len(one.prototypes)
            for trap in one.traps:
                if trap.excludes:
                    self._traps.append((frozenset(trap.excludes), vectors[row]))
                    row += 1

    def margins(self, vector: NDArray[np.float32]) -> Mapping[str, float]:
        """Return category → its likeness less the mean of all categories; those a trap is nearer to are left out.

        The model puts all Chinese texts between 0.75 and 0.95: only the difference speaks. Pure.
        """
        cosines = {name: np.sort(rows @ vector) for name, rows in self._prototypes.items()}
        if not cosines:
            return {}
        likeness = {name: float((found.mean() + found[-BEST:].mean()) / 2) for name, found in cosines.items()}
        middle = sum(likeness.values()) / len(likeness)
        trapped = {
            name
            for excludes, trap in self._traps
            for name in excludes & cosines.keys()
            if float(trap @ vector) > float(cosines[name][-1])
        }
        return {name: found - middle for name, found in likeness.items() if name not in trapped}


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


class FormTagger:
    """The tagger of forms, by words alone: forms have no prototypes."""

    def __init__(self, forms: Sequence[Category]) -> None:
        self._keywords = Keywords(forms)
        self._known = {form.id for form in forms}

    def tags(self, title: str, text: str, kind: ItemKind) -> tuple[Tag, ...]:
        """Return the form of the kind with certainty, and those that words speak for. Pure."""
        signals = self._keywords.signals(title, text)
        scores = {form: round(count / (MOST + 1), 3) for form, count in signals.items() if count >= NEEDED}
        own = BY_KIND.get(kind)
        if own in self._known:
            scores[own] = 1.0
        ordered = sorted(scores.items(), key=lambda pair: -pair[1])
        return tuple(Tag(facet=Facet.FORM, id=form, score=score) for form, score in ordered)
