"""Find words of long lists, each only where it means what the rule is about."""

from collections.abc import Sequence
from itertools import islice

from ahocorasick_rs import AhoCorasick, MatchKind

from config.policy import WordsRule
from indexer.base.text import half_width
from indexer.understanding.policies.near import Nearness, Span, Words
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject, found_in, parts
from indexer.understanding.results import Finding

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)


class WordsCheck:
    """One `words` rule, its automata built once."""

    def __init__(self, rule: WordsRule) -> None:
        self._rule = rule
        # Where several words match at one place, keep the longest: 最高级 is one finding, not 最高 and 最高级.
        self._words = AhoCorasick([half_width(word) for word in rule.words], matchkind=MatchKind.LeftmostLongest)
        self._harmless = Words(rule.except_in)
        self._near = Nearness(rule.near, distance=rule.distance)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each word that stands alone and near enough."""
        found: list[Finding] = []
        for part in parts(subject, self._rule):
            spans = [(start, end) for _, start, end in self._words.find_matches_as_indexes(part.folded)]
            if not spans:
                continue
            harmless, near = self._harmless.spans(part.folded), self._near.spans(part.folded)
            kept = (span for span in spans if not self._is_harmless(span, harmless) and self._near.has(span, near))
            found += [found_in(part, self._rule, *span) for span in islice(kept, MOST_FINDINGS)]
        return found

    def _is_harmless(self, span: Span, harmless: Sequence[Span]) -> bool:
        around = self._harmless.between(harmless, *span)
        return any(start <= span[0] and span[1] <= end for start, end in around)
