"""config.files.expressions: expressions that may not run."""

import pytest
from pydantic_core import PydanticCustomError

from config.files.expressions import LONGEST, compiled, runaway


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
