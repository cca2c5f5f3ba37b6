"""indexer.normal_forms: as Unicode has it, but for letters that no language has."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.normal_forms import MOST_MARKS, normalized
from indexer.search.chinese import clean


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("e\u0301\u0327ﷺİ㍿각가"), max_size=MOST_MARKS))
def test_ordinary_text_is_normalised_as_unicode_says(text: str) -> None:
    assert normalized("NFC", text) == unicodedata.normalize("NFC", text)
    assert normalized("NFKC", text) == unicodedata.normalize("NFKC", text)


def test_a_stack_of_marks_is_cut_before_it_is_sorted() -> None:
    # Sorted in quadratic time: 200,000 of them take minutes.
    stack = "月" + "\u0301\u0327" * 100_000

    assert len(normalized("NFC", stack)) == 1 + MOST_MARKS
    assert len(normalized("NFKC", "e" + "\u0f73" * 100_000)) <= 1 + 2 * MOST_MARKS
    assert len(clean(stack)) == 1 + MOST_MARKS


@pytest.mark.parametrize("place", range(MOST_MARKS + 2))
def test_a_stack_is_found_wherever_in_the_text_it_begins(place: int) -> None:
    before, stack = "月" * place + "e", "\u0301\u0327" * MOST_MARKS

    assert len(normalized("NFC", f"{before}{stack}月")) < len(before) + MOST_MARKS + 2
