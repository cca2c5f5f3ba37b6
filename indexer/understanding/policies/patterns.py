"""Find matches of the regular expressions that a deployment's rules give."""

import re
from collections.abc import Iterator

from config.policy import PatternRule
from indexer.base.sought import Sought
from indexer.understanding.policies.around import Around
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.parts import MOST_FINDINGS, Part, Subject, apart, found_in, parts
from indexer.understanding.results import Finding

VERSION = 6  # counts up with every change of what comes out, which is then done again (recipe.py)

MARKED = "at"  # a group of an expression that is what is found; all around it is only asked for
# Between two matches that are one: a sign, and who or when; a word that denies begins something else.
JOINING = re.compile("[、，,；和及并]?(?:(?![不没无未非别])[一-龥]){0,5}")


class PatternCheck:
    """One `pattern` rule."""

    def __init__(self, rule: PatternRule) -> None:
        self._rule = rule
        self._sought, self._sought_sure = Sought((rule.pattern, *rule.more)), Sought(rule.sure)
        self._around = Around(rule)
        sure = {"near": (), "unless": rule.unless_sure}
        self._around_sure = Around(rule.model_copy(update=sure)) if rule.sure else None

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each match that is not empty and counts; matched with capitals and punctuation."""
        return [found_in(part, self._rule, span) for part in parts(subject, self._rule) for span in self._kept(part)]

    def _kept(self, part: Part) -> list[Span]:
        text = part.cased
        found = apart(_spans(self._sought, text)) if self._around.is_possible(part) else []
        kept = self._around.kept(part, self._together(text, found))
        if self._around_sure is not None:
            sure = self._around_sure.kept(part, self._together(text, apart(_spans(self._sought_sure, text))))
            kept = apart((*kept, *sure)) if sure else kept
        return list(self._together(text, kept))[:MOST_FINDINGS]

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


def _spans(sought: Sought, text: str) -> Iterator[Span]:
    for match in sought.matches(text):
        start, end = match.span(MARKED if MARKED in match.re.groupindex else 0)
        if start < end:
            yield start, end
