"""Rules for tests: what finds one word each."""

from config.policy import AnyRule, Policy, WordsRule
from config.words import Severity


def rule(id: str, word: str, *, draft: bool = False, version: int = 1) -> WordsRule:
    return WordsRule(
        id=id, version=version, severity=Severity.LOW, message="核对", basis="示例依据", words=(word,), draft=draft
    )


def policy(*rules: AnyRule) -> Policy:
    return Policy(version=1, rules=rules)
