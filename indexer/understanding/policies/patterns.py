"""Find matches of the regular expressions that a deployment's rules give."""

import re
from collections.abc import Iterator

from config.policy import PatternRule
from indexer.understanding.policies.around import Around
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.parts import Subject, apart, found_in, parts
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

JOINING = re.compile("[、，,；和及并]?")


class PatternCheck:
    """One `pattern` rule."""

    def __init__(self, rule: PatternRule) -> None:
        self._rule = rule
        self._around = Around(rule)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each match that is not empty and counts; matched with capitals and punctuation."""
        return [
            found_in(part, self._rule, span)
            for part in parts(subject, self._rule)
            for span in self._around.kept(part, self._together(part.cased, apart(self._spans(part.cased))))
        ]

    def _spans(self, text: str) -> Iterator[Span]:
        for pattern in (self._rule.pattern, *self._rule.more):
            yield from (match.span() for match in pattern.finditer(text) if match.group())

    def _together(self, text: str, spans: list[Span]) -> Iterator[Span]:
        """The spans, those side by side as one where the rule asks for it."""
        held: Span | None = None
        for start, end in spans:
            if held and self._rule.joined and JOINING.fullmatch(text, held[1], start):
                held = (held[0], end)
            else:
                if held:
                    yield held
                held = (start, end)
        if held:
            yield held
