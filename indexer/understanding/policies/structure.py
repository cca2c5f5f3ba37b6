"""Find pieces in which something is missing: a date, a body, in the body what the title says."""

import rjieba

from config.policy import StructureRule
from config.rule_fields import Lack
from indexer.understanding.policies.normal import normal
from indexer.understanding.policies.parts import MOST_FINDINGS, Part, Subject, found_in, linked
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

LEAST_BODY = 200  # characters; what is shorter need not repeat its title
# Of a title's characters. Below it are 2 of 92 campaign pieces and none of 749 news, and half of titles drawn by lot.
MOST_ALIKE = 0.3
LEAST_WORDS = 2  # of a title, each of two characters or more


class StructureCheck:
    """One `structure` rule."""

    def __init__(self, rule: StructureRule) -> None:
        self._rule = rule

    def findings(self, subject: Subject) -> list[Finding]:
        """Return one finding on the title, or on the text where there is no title; of codes one each."""
        if self._rule.looks_for is Lack.QR_CODE:
            return [linked(self._rule, code) for code in subject.codes[:MOST_FINDINGS]]
        if not self._lacks(subject):
            return []
        title, text = Part(field="title", shown=subject.title), Part(field="text", shown=subject.text)
        shown = next((part for part in (title, text) if part.folded), None)
        return [found_in(shown, self._rule, (0, len(shown.folded)))] if shown else []

    def _lacks(self, subject: Subject) -> bool:
        match self._rule.looks_for:
            case Lack.NO_DATE:
                return not subject.is_dated
            case Lack.EMPTY_BODY:
                return not subject.has_media and not normal(subject.text).text.strip()
            case Lack.TITLE_UNLIKE_BODY:
                return _is_unlike(subject.title, subject.text)
            case Lack.QR_CODE:
                return bool(subject.codes)


def _is_unlike(title: str, text: str) -> bool:
    """Tell whether a body that is long enough has no word of its title, and few of its characters."""
    body, read = normal(text).text, normal(title).text
    if len(body) < LEAST_BODY:
        return False
    words = {word for word in rjieba.cut(read) if len(word) > 1 and word.isalpha()}
    if len(words) < LEAST_WORDS or any(word in body for word in words):
        return False
    letters = set(filter(str.isalpha, read))
    return sum(letter in body for letter in letters) < MOST_ALIKE * len(letters)
