"""Find pieces whose meaning is close to examples that a rule gives. It only ever says "look"."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from config.policy import LikeRule
from indexer.understanding.policies.parts import Part, Subject, found_in
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

Vectors = NDArray[np.float32]


class LikeCheck:
    """One `like` rule. vectors: of its examples, (n, dimensions) float32, unit length; None: no embedder is at hand.

    unlike: the same of its counter-examples, None where it has none. scaled: a cosine of multilingual-e5-small, as the
    embedder at hand would put it.
    """

    def __init__(
        self,
        rule: LikeRule,
        *,
        vectors: Vectors | None,
        scaled: Callable[[float], float],
        unlike: Vectors | None = None,
    ) -> None:
        self._rule, self._vectors, self._unlike = rule, vectors, unlike
        self._least = scaled(rule.least)
        self._lead = self._least - scaled(rule.least - rule.lead)  # scales are straight lines

    def findings(self, subject: Subject) -> list[Finding]:
        """Return one finding on the title, or on the text where there is no title."""
        if self._vectors is None or subject.vector is None or not self._counts(self._vectors, subject.vector):
            return []
        title, text = Part(field="title", shown=subject.title), Part(field="text", shown=subject.text)
        shown = next((part for part in (title, text) if part.folded), None)
        return [found_in(shown, self._rule, (0, len(shown.folded)))] if shown else []

    def _counts(self, examples: Vectors, piece: Vectors) -> bool:
        closest = float((examples @ piece).max())
        if closest < self._least:
            return False
        return self._unlike is None or closest - float((self._unlike @ piece).max()) >= self._lead


def examples_of(rules: Sequence[object]) -> list[str]:
    """Return the examples and counter-examples of all such rules, each once, in their order."""
    given = (text for rule in rules if isinstance(rule, LikeRule) for text in (*rule.like, *rule.unlike))
    return list(dict.fromkeys(given))
