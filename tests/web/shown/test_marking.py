"""Cutting a text at its spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from web.shown.marking import Part, marked, parts

SPANS = st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)))


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


@given(st.text(), SPANS)
def test_whatever_the_spans_no_character_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(part.text for part in parts(text, spans)) == text


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("月球车", [], "月球车"),
        ("月球车", [(0, 2)], "<mark>月球</mark>车"),
        ("a<b>&c", [(1, 4)], "a<mark>&lt;b&gt;</mark>&amp;c"),
        ("&月球", [(1, 3)], "&amp;<mark>月球</mark>"),
        ("", [(0, 3)], ""),
    ],
)
def test_a_text_is_marked_and_escaped(text: str, spans: list[tuple[int, int]], html: str) -> None:
    assert marked(text, spans) == Markup(html)  # noqa: S704


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\"'月球")), SPANS)
def test_marks_are_all_that_is_not_escaped(text: str, spans: list[tuple[int, int]]) -> None:
    each = (f"<mark>{escape(part.text)}</mark>" if part.marked else escape(part.text) for part in parts(text, spans))

    assert str(marked(text, spans)) == "".join(each)
