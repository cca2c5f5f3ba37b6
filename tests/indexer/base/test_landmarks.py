"""indexer.base.landmarks: what each match of an expression holds, and how far from its start."""

import re

import pytest

from indexer.base.landmarks import Landmarks, landmarks


@pytest.mark.parametrize(
    ("expression", "known"),
    [
        ("最高级", {"最高级": (0, 0)}),
        ("(?:全国)?最[高好]", {"最高": (0, 0), "最好": (0, 0), "全国最高": (0, 0), "全国最好": (0, 0)}),
        (r"[^。\n]{0,6}疗效", {"疗效": (0, 6)}),
        (r"(?<!没)(?:保证|包)(?=.)治(?!安)\w{2,4}病人", {"保证治": (0, 0), "包治": (0, 0)}),
        ("(?:海.{1,3}浪涛|山峰)", {"浪涛": (2, 4), "山峰": (0, 0)}),
        ("(?:立减){2,3}", {"立减立减": (0, 0), "立减立减立减": (0, 0)}),
        ("(?:好吃){2,}", {"好吃": (0, 0)}),
        ("(?i:ab)", {one: (0, 0) for one in ("ab", "aB", "Ab", "AB")}),
        (r"(?P<at>最)[^a]*佳", {"最": (0, 0)}),
        ("(?>抽奖)+", {"抽奖": (0, 0)}),
    ],
)
def test_each_match_holds_one_of_the_strings_so_far_from_its_start(expression: str, known: Landmarks) -> None:
    assert landmarks(re.compile(expression)) == known


@pytest.mark.parametrize(
    "expression",
    [
        "x*",
        r"\d+",
        "(?:全国)?",
        "[一-龥]{2}",
        "a|.",
        r"(.)\1",
        ".*疗效",
        "(?i:is)",
        "[a-z]{20,30}",
        "\ud800",
        "(a)?(?(1)b|c)",
    ],
)
def test_where_no_list_tells_much_there_is_none(expression: str) -> None:
    assert landmarks(re.compile(expression)) is None


def test_letters_in_any_case_are_told_only_where_each_has_but_one_other() -> None:
    assert landmarks(re.compile("made", re.IGNORECASE)) is not None
    assert landmarks(re.compile("kiss", re.IGNORECASE)) is None
