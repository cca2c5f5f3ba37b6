"""Find words of long lists, each only where it means what the rule is about."""

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from config.policy import WordsRule
from indexer.understanding.policies.around import Around
from indexer.understanding.policies.borders import Borders
from indexer.understanding.policies.disguised import Disguised
from indexer.understanding.policies.near import Words
from indexer.understanding.policies.normal import Span, plain
from indexer.understanding.policies.parts import Subject, apart, found_in, parts
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


class WordsCheck:
    """One `words` rule, its automata built once. other_senses: the policy's."""

    def __init__(self, rule: WordsRule, *, other_senses: Sequence[str] = ()) -> None:
        self._rule = rule
        # Where several words match at one place, keep the longest: 最高级 is one finding, not 最高 and 最高级.
        self._words = AhoCorasick([plain(word) for word in rule.words], matchkind=MatchKind.LeftmostLongest)
        self._disguised = Disguised(rule) if rule.disguised else None
        self._harmless = Words((*rule.except_in, *(other_senses if rule.whole else ())))
        self._around = Around(rule)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each word that stands alone and where it counts."""
        return [
            found_in(part, self._rule, span)
            for part in parts(subject, self._rule)
            for span in self._around.kept(part, apart(self._spans(part.folded)))
        ]

    def _spans(self, text: str) -> Iterator[Span]:
        spans = [(start, end) for _, start, end in self._words.find_matches_as_indexes(text)]
        if self._rule.whole and spans:
            borders = Borders(text)
            spans = [span for span in spans if borders.is_word(span)]
        if self._disguised:
            spans += self._disguised.spans(text)
        harmless = self._harmless.spans(text) if spans else []
        yield from (span for span in spans if not self._is_harmless(span, harmless))

    def _is_harmless(self, span: Span, harmless: Sequence[Span]) -> bool:
        around = self._harmless.between(harmless, *span)
        return any(start <= span[0] and span[1] <= end for start, end in around)
