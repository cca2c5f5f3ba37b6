"""Run the examples that rules carry: what each should find, and what it should leave."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.policy import AnyRule, LikeRule, Policy, StructureRule
from indexer.understanding.embeddings.wording import passage
from indexer.understanding.policies.check import NO_MEANING, Check, Meaning, make_ready
from indexer.understanding.policies.parts import Subject

DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")  # in an example: the piece names its day

CODE = re.compile(r"\[码：([^\]\n]+)\]")  # in an example: what a QR code in a picture says

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One example of one rule. should_find: what it says; excerpt: of the first finding, None where there is none."""

    rule: str
    text: str
    should_find: bool
    excerpt: str | None

    @property
    def is_right(self) -> bool:
        """Whether the rule did what the example says."""
        return self.should_find is (self.excerpt is not None)


def try_examples(policy: Policy, meaning: Meaning = NO_MEANING) -> Iterator[Tried]:
    """Yield every example of every rule, each tried with its own rule alone. Pure.

    meaning: vectors of the `like` rules' examples and of `passages_tried`; without them those rules are left out.
    """
    for rule, check in zip(policy.rules, make_ready(policy, meaning), strict=True):
        if isinstance(rule, LikeRule) and not meaning.of:
            continue
        for should_find, texts in ((True, rule.finds), (False, rule.passes)):
            for text in texts:
                excerpt = _first(check, _subject(rule, text, meaning))
                yield Tried(rule=rule.id, text=text, should_find=should_find, excerpt=excerpt)


def passages_tried(policy: Policy) -> list[str]:
    """Return what is embedded of the pieces that `like` rules should find and leave, each once."""
    rules = (rule for rule in policy.rules if isinstance(rule, LikeRule))
    return list(dict.fromkeys(_passage(text) for rule in rules for text in (*rule.finds, *rule.passes)))


def without_examples(policy: Policy) -> list[str]:
    """Return the ids of the rules that lack an example of one of the two kinds."""
    return [rule.id for rule in policy.rules if not (rule.finds and rule.passes)]


def _first(check: Check, subject: Subject) -> str | None:
    return next((finding.excerpt for finding in check.findings(subject)), None)


def _subject(rule: AnyRule, text: str, meaning: Meaning) -> Subject:
    """An example is title and text alike; of a rule about a piece as a whole its first line is the title."""
    if not isinstance(rule, StructureRule | LikeRule):
        return Subject(title=text, text=text)
    title, _, body = text.partition("\n")
    return Subject(
        title=title,
        text=body,
        is_dated=bool(DATE.search(text)),
        codes=tuple(CODE.findall(text)),
        vector=meaning.of.get(_passage(text)),
    )


def _passage(text: str) -> str:
    title, _, body = text.partition("\n")
    return passage(title, body)
