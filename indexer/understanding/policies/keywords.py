"""The exact-keyword rule on names: what counts, and which names are about the subject and do not count."""

import unicodedata

from config.policy import NameRule
from indexer.base.text import normalized
from indexer.understanding.policies.parts import Part, Subject, found_in
from indexer.understanding.results import Finding

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)


def counts(rule: NameRule, name: str) -> bool:
    """Tell whether a name holds the keyword in a row. Compared after NFC only: nothing folded, trimmed or cut."""
    return normalized("NFC", rule.contains) in normalized("NFC", name)


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
        part = Part(field="title", shown=subject.title, folded=subject.title)
        return [found_in(part, self._rule, *span)]

    def _hinted(self, title: str) -> tuple[int, int] | None:
        places = ((title.find(hint), len(hint)) for hint in self._rule.hints)
        found = [(start, start + length) for start, length in places if start >= 0]
        return min(found, key=lambda span: (span[0], -span[1]), default=None)


def _interrupted(keyword: str, title: str) -> tuple[int, int] | None:
    """The keyword with spaces, marks or zero-width characters between: it looks right and does not count."""
    kept = [place for place, char in enumerate(title) if unicodedata.category(char)[0] not in "ZPC"]
    at = "".join(title[place] for place in kept).find(keyword)
    return None if at < 0 else (kept[at], kept[at + len(keyword) - 1] + 1)
