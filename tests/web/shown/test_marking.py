"""Cutting a text at its spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.shown.marking import Part, parts


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        ([], [("月球车", False)]),
        ([(0, 2)], [("月球", True), ("车", False)]),
        ([(2, 3), (0, 1)], [("月", True), ("球", False), ("车", True)]),
        ([(0, 2), (1, 3)], [("月球", True), ("车", True)]),
        ([(1, 99)], [("月", False), ("球车", True)]),
    ],
)
def test_a_text_is_cut_at_its_spans(spans: list[tuple[int, int]], cut: list[tuple[str, bool]]) -> None:
    assert parts("月球车", spans) == [Part(text, marked=marked) for text, marked in cut]


@given(st.text(), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50))))
def test_whatever_the_spans_no_character_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(part.text for part in parts(text, spans)) == text
