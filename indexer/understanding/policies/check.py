"""Run all rules of a policy over one version of an item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, assert_never

import numpy as np
from numpy.typing import NDArray

from config.policy import (
    AnyRule,
    LikeRule,
    LinksRule,
    MarkRule,
    NameRule,
    OffenceRule,
    PatternRule,
    PersonalRule,
    Policy,
    ShopRule,
    StructureRule,
    WordsRule,
)
from indexer.understanding.policies.keywords import NameCheck
from indexer.understanding.policies.like import LikeCheck
from indexer.understanding.policies.links import LinksCheck
from indexer.understanding.policies.marks import MarkCheck
from indexer.understanding.policies.offence import OffenceCheck
from indexer.understanding.policies.parts import Subject
from indexer.understanding.policies.patterns import PatternCheck
from indexer.understanding.policies.personal import PersonalCheck
from indexer.understanding.policies.shops import ShopCheck
from indexer.understanding.policies.structure import StructureCheck
from indexer.understanding.policies.words import WordsCheck
from indexer.understanding.results import Finding

VERSION = 4  # counts up with every change of what comes out, which is then done again (recipe.py)


class Check(Protocol):
    """One rule, made ready once."""

    def findings(self, subject: Subject) -> list[Finding]:
        """Return what the rule finds, in the order of the parts and of their characters. Pure."""
        ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """What `like` rules need of the embedder: vectors of texts, and its scale. By default there is none.

    embedder: its name, by which the vectors of items are kept; empty where there is none.
    """

    of: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    scaled: Callable[[float], float] = float
    embedder: str = ""

    def check(self, rule: LikeRule) -> LikeCheck:
        """Return the check of that rule."""
        return LikeCheck(rule, vectors=self._known(rule.like), unlike=self._known(rule.unlike), scaled=self.scaled)

    def _known(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        known = [self.of[text] for text in texts if text in self.of]
        return np.stack(known) if known else None


NO_MEANING = Meaning()


def make_ready(policy: Policy, meaning: Meaning = NO_MEANING) -> tuple[Check, ...]:
    """Return the checks of all rules, in their order. meaning: vectors of the examples of `like` rules."""
    return tuple(_check(rule, policy, meaning) for rule in policy.rules)


def findings(checks: Sequence[Check], subject: Subject) -> tuple[Finding, ...]:
    """Return what all checks find. A finding never rejects: an editor decides."""
    return tuple(finding for check in checks for finding in check.findings(subject))


def _check(rule: AnyRule, policy: Policy, meaning: Meaning) -> Check:  # noqa: C901 - a table
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
        case OffenceRule():
            return OffenceCheck(rule)
        case LikeRule():
            return meaning.check(rule)
        case _:
            assert_never(rule)
