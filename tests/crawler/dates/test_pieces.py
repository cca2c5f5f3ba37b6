"""crawler.dates.pieces: a day whose parts stand in elements of their own."""

import pytest

from crawler.dates.pieces import day_of_pieces


@pytest.mark.parametrize(
    "pieces",
    [
        ["17", "2026-09"], ["2026-09", "17"], ["17", "2026.09"], ["17", "09 / 2026"], ["17日", "2026年9月"],
        ["17", "/", "2026-09"],
        ["09-17", "2026"], ["2026", "09-17"], ["2026年", "9月17日"], ["17", "九月", "2026"], ["2026", "09", "17"],
        ["Sep", "17", "2026"], ["17", "2026年", "九月"],
    ],
)  # fmt: skip
def test_parts_that_stand_together_are_a_day(pieces: list[str]) -> None:
    assert str(day_of_pieces(pieces)) == "2026-09-17"


@pytest.mark.parametrize(
    "pieces",
    [
        [], ["17"], ["2026-09"], ["17", "9"], ["09", "17", "2026"], ["31", "2026-06"], ["浏览", "17"],
        ["17", "2026-09", "120"],
        ["17", "2026-09", "来源：示例网"], ["2026", "2025-09", "17"], ["17" * 10, "2026-09"],
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_none(pieces: list[str]) -> None:
    assert day_of_pieces(pieces) is None
