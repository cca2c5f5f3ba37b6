"""What of a text tells its event."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.understanding.related.leads import LEAD_CHARS, MOST_NUMBERS, lead_of, named_words

TITLE, TEXT = "月球车醒来", "9月17日，月球车在第14个夜晚之后醒来，气温零下180度。"


def test_words_are_those_of_title_and_beginning_and_figures_those_of_the_whole_text() -> None:
    late = "。" * LEAD_CHARS + "厨余垃圾，共305吨"

    words = set(named_words(TITLE, TEXT + late).values())

    assert {"月球车", "夜晚"} <= words
    assert not {"垃圾", "17", "，", "在"} & words
    assert len(lead_of(TITLE, TEXT).figures) == 4
    assert len(lead_of(TITLE, TEXT + late).figures) == 5


def test_width_case_and_traditional_characters_make_no_difference() -> None:
    one, other = lead_of("月球車醒來", "第１４個夜晚 ABC"), lead_of("月球车醒来", "第14个夜晚 abc")

    assert (one.words == other.words).all()
    assert (one.figures == other.figures).all()


def test_each_word_has_its_number() -> None:
    assert set(named_words(TITLE, TEXT)) == set(lead_of(TITLE, TEXT).words.tolist())


@given(st.text(max_size=300), st.text(max_size=3_000))
def test_any_text_has_a_lead_sorted_and_of_a_bounded_size(title: str, text: str) -> None:
    lead = lead_of(title, text)

    for numbers in (lead.words, lead.figures):
        assert numbers.dtype == np.uint32
        assert (np.diff(numbers.astype(np.int64)) > 0).all()
        assert len(numbers) <= MOST_NUMBERS
