"""config.policy: the shipped rules, and expressions that may not run."""

import pytest
from pydantic_core import PydanticCustomError

from config.expressions import LONGEST, compiled, runaway
from config.policy import Policy, RuleSeverity, WordsRule, load_policy
from config.settings import SHIPPED


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The shipped one."""
    return load_policy(SHIPPED / "policy.yaml")


def test_every_rule_names_its_basis_a_message_and_a_version(policy: Policy) -> None:
    assert [rule.id for rule in policy.rules if not (rule.basis and rule.message and rule.version >= 1)] == []


def test_every_rule_but_the_links_carries_examples(policy: Policy) -> None:
    assert [rule.id for rule in policy.rules if not (rule.finds and rule.passes)] == ["foreign-link"]


def test_superlatives_speak_softly_and_only_beside_a_sale(policy: Policy) -> None:
    rule = next(rule for rule in policy.rules if rule.id == "ad-superlative")

    assert isinstance(rule, WordsRule)
    assert rule.severity is RuleSeverity.LOW
    assert "价格" in rule.near


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|ab)*", "(?:a+b?)*c", "((a+)b){2}", r"(?:\d+[, ]?)+", "([^)]*x)+"])
def test_a_repeated_repetition_is_seen(pattern: str) -> None:
    assert runaway(pattern) is not None


@pytest.mark.parametrize("pattern", ["(?:ab)+", "(?:a+)?b", "[(+]+", r"\(a+\)+", "(?:由|本)[^。]{0,8}(?:AI)?", "a+b+"])
def test_a_plain_repetition_is_not_taken_for_one(pattern: str) -> None:
    assert runaway(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("x" * (LONGEST + 1), "at most 500 are taken"),
        ("[a", "is no regular expression: unterminated character set at character 1"),
        ("a*", "matches an empty text"),
        (r"(a)\1", "refers back to a group"),
    ],
)
def test_an_expression_that_may_not_run_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(PydanticCustomError, match=message):
        compiled(pattern)
