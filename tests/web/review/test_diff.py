"""What changed between two texts."""

import pytest

from web.review.diff import Line, changes


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            "一。二。三。四。五。",
            "一。二。叁。四。五。",
            [("same", "二。"), ("gone", "三。"), ("added", "叁。"), ("same", "四。")],
        ),
        ("一。", "一。", []),
        ("", "新。", [("added", "新。")]),
        ("-- 一。", "++ 二。", [("gone", "-- 一。"), ("added", "++ 二。")]),
    ],
)
def test_changed_sentences_stand_with_one_neighbour(before: str, after: str, lines: list[tuple[str, str]]) -> None:
    assert [(line.kind, line.text) for line in changes(before, after)] == lines


def test_a_line_says_its_kind() -> None:
    assert changes("旧", "新")[0] == Line("gone", "旧")
