"""The exact-keyword rule on names: what counts, and which names are about the subject and do not count."""

import re
import unicodedata

from config.policy import NameRule
from indexer.base.text import normalized
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.parts import Part, Subject, found_at
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


def places(rule: NameRule, name: str) -> list[Span]:
    """Return where a name, in NFC, holds the keyword in a row."""
    return [match.span() for match in re.finditer(re.escape(normalized("NFC", rule.contains)), normalized("NFC", name))]


def counts(rule: NameRule, name: str) -> bool:
    """Tell whether a name holds the keyword in a row. Compared after NFC only: nothing folded, trimmed or cut."""
    return bool(places(rule, name))


class NameCheck:
    """One `name` rule."""

    def __init__(self, rule: NameRule) -> None:
        self._rule = rule

    def findings(self, subject: Subject) -> list[Finding]:
        """Return one hint where the title is about the subject and misses the keyword."""
        if counts(self._rule, subject.title):
            return []
        span = _interrupted(self._rule.contains, subject.title) or self._hinted(subject.title)
        if span is None:
            return []
        return [found_at(Part(field="title", shown=subject.title), self._rule, span)]

    def _hinted(self, title: str) -> Span | None:
        places = ((title.find(hint), len(hint)) for hint in self._rule.hints)
        found = [(start, start + length) for start, length in places if start >= 0]
        return min(found, key=lambda span: (span[0], -span[1]), default=None)


def _interrupted(keyword: str, title: str) -> Span | None:
    """The keyword with spaces, marks or zero-width characters between: it looks right and does not count."""
    kept = [place for place, char in enumerate(title) if unicodedata.category(char)[0] not in "ZPC"]
    at = "".join(title[place] for place in kept).find(keyword)
    return None if at < 0 else (kept[at], kept[at + len(keyword) - 1] + 1)
