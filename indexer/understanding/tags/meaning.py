"""Meaning signal of a category: how much nearer a text is to its prototype sentences than to those of the others."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from config.taxonomy import Category
from indexer.understanding.embeddings.port import Vectors

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

BEST = 2  # prototypes that are looked at alone beside the mean of all: a category has several sides


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
