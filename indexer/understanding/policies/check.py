"""Run all rules of a policy over one version of an item."""

from collections.abc import Sequence
from typing import Protocol, assert_never

from config.policy import (
    AnyRule,
    LinksRule,
    MarkRule,
    NameRule,
    PatternRule,
    PersonalRule,
    Policy,
    ShopRule,
    StructureRule,
    WordsRule,
)
from indexer.understanding.policies.keywords import NameCheck
from indexer.understanding.policies.links import LinksCheck
from indexer.understanding.policies.marks import MarkCheck
from indexer.understanding.policies.parts import Subject
from indexer.understanding.policies.patterns import PatternCheck
from indexer.understanding.policies.personal import PersonalCheck
from indexer.understanding.policies.shops import ShopCheck
from indexer.understanding.policies.structure import StructureCheck
from indexer.understanding.policies.words import WordsCheck
from indexer.understanding.results import Finding

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


class Check(Protocol):
    """One rule, made ready once."""

    def findings(self, subject: Subject) -> list[Finding]:
        """Return what the rule finds, in the order of the parts and of their characters. Pure."""
        ...


def make_ready(policy: Policy) -> tuple[Check, ...]:
    """Return the checks of all rules, in their order."""
    return tuple(_check(rule, policy) for rule in policy.rules)


def findings(checks: Sequence[Check], subject: Subject) -> tuple[Finding, ...]:
    """Return what all checks find. A finding never rejects: an editor decides."""
    return tuple(finding for check in checks for finding in check.findings(subject))


def _check(rule: AnyRule, policy: Policy) -> Check:  # noqa: C901 - a table
    match rule:
        case WordsRule():
            return WordsCheck(rule, other_senses=policy.other_senses)
        case PatternRule():
            return PatternCheck(rule)
        case PersonalRule():
            return PersonalCheck(rule)
        case LinksRule():
            return LinksCheck(rule)
        case NameRule():
            return NameCheck(rule)
        case ShopRule():
            return ShopCheck(rule)
        case MarkRule():
            return MarkCheck(rule)
        case StructureRule():
            return StructureCheck(rule)
        case _:
            assert_never(rule)
