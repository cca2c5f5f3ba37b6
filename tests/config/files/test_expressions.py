"""config.files.expressions: expressions that may not run."""

import pytest
from pydantic_core import PydanticCustomError

from config.files.expressions import LONGEST, compiled, named_words, runaway


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


def test_a_list_is_any_of_its_words_the_longest_first() -> None:
    found = compiled("治<ills>", {"ills": ("癌", "癌症", "a.b")})

    assert found.pattern == r"治(?:a\.b|癌(?:症)?)"
    assert [found.search(f"治{ill}")[0] for ill in ("癌症", "癌变", "a.b")] == ["治癌症", "治癌", "治a.b"]  # type: ignore[index]
    assert compiled("<ills>。", {"ills": ("一", "一二", "一二三四")}).findall("一。一二。一二三。一二三四。") == [
        "一。",
        "一二。",
        "一二三四。",
    ]
    assert compiled("(?P<id>[a-z]{3})", {}).groupindex == {"id": 1}


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(PydanticCustomError, match="names the list <ills>"):
        compiled("治<ills>")
    with pytest.raises(PydanticCustomError, match="names the list <ills>"):
        named_words("ills", {"other": ("x",)})


def test_the_words_of_a_list_are_returned_as_they_are() -> None:
    assert named_words("ills", {"ills": ("癌", "癌症")}) == ("癌", "癌症")
