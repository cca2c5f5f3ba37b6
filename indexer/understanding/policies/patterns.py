"""Find matches of the regular expressions that a deployment's rules give."""

from itertools import islice

from config.policy import PatternRule
from indexer.understanding.policies.near import Nearness
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject, found_in, parts
from indexer.understanding.results import Finding

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)


class PatternCheck:
    """One `pattern` rule."""

    def __init__(self, rule: PatternRule) -> None:
        self._rule = rule
        self._near = Nearness(rule.near, distance=rule.distance)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each match that is not empty and near enough; matched on the text as it is."""
        found: list[Finding] = []
        for part in parts(subject, self._rule):
            near = self._near.spans(part.folded)
            spans = (match.span() for match in self._rule.pattern.finditer(part.shown) if match.group())
            kept = (span for span in spans if self._near.has(span, near))
            found += [found_in(part, self._rule, *span) for span in islice(kept, MOST_FINDINGS)]
        return found
