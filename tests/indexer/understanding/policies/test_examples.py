"""indexer.understanding.policies.examples: rules tried on what they themselves say."""

from config.policy import Policy, StructureRule, WordsRule
from config.rule_fields import Lack
from config.words import Severity
from indexer.understanding.policies.examples import Tried, try_examples, without_examples

WORDS = WordsRule(
    id="w", version=1, severity=Severity.LOW, message="看", basis="法", words=("最",),
    finds=("最好", "好"), passes=("最",),
)  # fmt: skip
NO_DATE = StructureRule(
    id="d", version=1, severity=Severity.NOTE, message="缺", basis="则", looks_for=Lack.NO_DATE, finds=("题\n文",),
    passes=("题\n2026年9月17日",),
)  # fmt: skip


def test_each_example_is_tried_with_its_own_rule() -> None:
    tried = list(try_examples(Policy(version=1, rules=(WORDS, NO_DATE))))

    assert tried[0] == Tried(rule="w", text="最好", should_find=True, excerpt="最")
    assert [one.is_right for one in tried] == [True, False, False, True, True]


def test_rules_without_examples_of_both_kinds_are_named() -> None:
    bare = WORDS.model_copy(update={"id": "bare", "passes": ()})

    assert without_examples(Policy(version=1, rules=(WORDS, bare))) == ["bare"]
