"""indexer.understanding.policies.examples: rules tried on what they themselves say."""

import numpy as np

from config.policy import LikeRule, Policy, StructureRule, WordsRule
from config.rule_fields import Lack
from config.words import Severity
from indexer.understanding.policies.check import Meaning
from indexer.understanding.policies.examples import Tried, passages_tried, try_examples, without_examples

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


LIKE = LikeRule(
    id="l", version=1, severity=Severity.NOTE, message="看", basis="法", like=("算命改运",), finds=("题\n算卦",),
    passes=("题",),
)  # fmt: skip


def test_rules_by_examples_are_tried_with_the_vectors_of_their_pieces_and_else_left_out() -> None:
    policy = Policy(version=1, rules=(LIKE,))
    one, other = np.eye(2, dtype=np.float32)

    assert list(try_examples(policy)) == []
    assert passages_tried(policy) == ["题\n算卦", "题\n"]
    tried = try_examples(policy, Meaning({"算命改运": one, "题\n算卦": one, "题\n": other}))
    assert [(each.excerpt, each.is_right) for each in tried] == [("题", True), (None, True)]


def test_rules_without_examples_of_both_kinds_are_named() -> None:
    bare = WORDS.model_copy(update={"id": "bare", "passes": ()})

    assert without_examples(Policy(version=1, rules=(WORDS, bare))) == ["bare"]
