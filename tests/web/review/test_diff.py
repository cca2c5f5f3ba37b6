"""What changed between two texts."""

import pytest

from web.review.diff import SENTENCES, Line, changes


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


def test_of_two_different_texts_a_bounded_number_of_sentences_is_compared() -> None:
    before, after = ("".join(f"{word}{number}。" for number in range(4000)) for word in ("旧", "新"))

    found = changes(before, after)

    assert [line.kind for line in found] == ["gone"] * SENTENCES + ["added"] * SENTENCES


def test_a_change_is_found_however_far_down_it_stands() -> None:
    before = [f"第{number}句。" for number in range(9000)]
    after = [*before[:8000], "新的一句。", *before[8001:]]

    found = changes("".join(before), "".join(after))

    assert [(line.kind, line.text) for line in found] == [
        ("same", "第7999句。"),
        ("gone", "第8000句。"),
        ("added", "新的一句。"),
        ("same", "第8001句。"),
    ]
