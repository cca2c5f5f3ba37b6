"""Find pieces whose meaning is close to examples that a rule gives. It only ever says "look"."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from config.policy import LikeRule
from indexer.understanding.policies.parts import Part, Subject, found_in
from indexer.understanding.results import Finding

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

Vectors = NDArray[np.float32]


class LikeCheck:
    """One `like` rule. vectors: of its examples, (n, dimensions) float32, unit length; None: no embedder is at hand.

    scaled: a cosine of multilingual-e5-small, as the embedder at hand would put it.
    """

    def __init__(self, rule: LikeRule, *, vectors: Vectors | None, scaled: Callable[[float], float]) -> None:
        self._rule, self._vectors, self._least = rule, vectors, scaled(rule.least)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return one finding on the title, or on the text where there is no title."""
        if self._vectors is None or subject.vector is None:
            return []
        if float((self._vectors @ subject.vector).max()) < self._least:
            return []
        title, text = Part(field="title", shown=subject.title), Part(field="text", shown=subject.text)
        shown = next((part for part in (title, text) if part.folded), None)
        return [found_in(shown, self._rule, (0, len(shown.folded)))] if shown else []


def examples_of(rules: Sequence[object]) -> list[str]:
    """Return the examples of all such rules, each once, in their order."""
    return list(dict.fromkeys(text for rule in rules if isinstance(rule, LikeRule) for text in rule.like))
