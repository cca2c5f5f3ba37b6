"""indexer.base.sought: many expressions at once find what each finds by itself."""

import random
import re

import pytest

from config.policy import PatternRule, load_policy
from config.settings import SHIPPED
from indexer.base.landmarks import landmarks
from indexer.base.sought import Sought

SHIPPED_EXPRESSIONS = [
    expression
    for rule in load_policy(SHIPPED / "policy.yaml").rules
    if isinstance(rule, PatternRule)
    for expression in (rule.pattern, *rule.more, *rule.sure)
]
OTHERS = ["aa", "(?<=b)a+|aba", "a?b", "^ab", "ab$", r"\bab\b", "(?:ab)?b", "x*", "(?i:AB)", "[ab]{2}", "b(?!b)"]


def spans(expressions: list[re.Pattern[str]], text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(one.re.pattern, one.span()) for one in Sought(expressions).matches(text)]


def by_themselves(expressions: list[re.Pattern[str]], text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(each.pattern, one.span()) for each in expressions for one in each.finditer(text)]


@pytest.mark.parametrize("seed", range(40))
def test_small_expressions_over_texts_of_their_letters(seed: int) -> None:
    expressions = [re.compile(one) for one in OTHERS]
    text = "".join(random.Random(seed).choices("aabbAB \n", k=200))  # noqa: S311 - a text, no secret

    assert spans(expressions, text) == by_themselves(expressions, text)


@pytest.mark.parametrize("seed", range(6))
def test_the_shipped_expressions_over_texts_of_what_they_look_for(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a text, no secret
    told = sorted({string for one in SHIPPED_EXPRESSIONS for string in landmarks(one) or {}})
    pieces = [
        chance.choice([*chance.choices(told, k=3), "的", "一", "3", "，", "。", "疗效", "天"]) for _ in range(400)
    ]
    text = "".join(pieces)

    found = spans(SHIPPED_EXPRESSIONS, text)

    assert found == by_themselves(SHIPPED_EXPRESSIONS, text)
    assert len(found) > 20


def test_of_the_shipped_expressions_none_is_tried_everywhere() -> None:
    assert [one.pattern for one in SHIPPED_EXPRESSIONS if landmarks(one) is None] == []


def test_without_expressions_nothing_is_found() -> None:
    assert list(Sought(()).matches("最")) == []
