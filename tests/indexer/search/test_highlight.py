"""What a hit shows and marks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.chinese import asked
from indexer.search.highlight import EXCERPT_CHARS, MOST_PLACES, WINDOW_CHARS, Marked, excerpt, mark

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("月球车过夜節水，。 "), max_size=400)


def marked(found: Marked) -> list[str]:
    return [found.text[start:end] for start, end in found.spans]


def test_a_phrase_is_marked_whole_and_across_punctuation() -> None:
    assert marked(mark("看“月球车”，过夜", asked("月球车过夜"))) == ["月球车”，过夜"]


def test_without_the_phrase_its_words_are_marked() -> None:
    assert marked(mark("过夜的是月球车", asked("月球车过夜"))) == ["过夜", "月球车"]


def test_another_spelling_is_marked_as_it_stands() -> None:
    assert marked(mark("ＳＡＴＵＲＮ與節水", asked("saturn 节水"))) == ["ＳＡＴＵＲＮ", "節水"]


def test_an_excerpt_begins_before_the_first_match_and_says_that_it_is_cut() -> None:
    found = excerpt("前" * 300 + "月球车" + "后" * 300, asked("月球车"))

    assert found.text.startswith("…前")
    assert found.text.endswith("后…")
    assert marked(found) == ["月球车"]


def test_without_a_match_the_beginning_is_shown() -> None:
    found = excerpt("开头" + "文" * 300, asked("月球车"))

    assert found.text.startswith("开头")
    assert found.spans == ()


def test_white_space_is_run_together() -> None:
    assert mark("月\n\n球  车", asked("")).text == "月 球 车"


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_spans_lie_inside_the_text_in_order_and_apart(text: str, typed: str) -> None:
    found = excerpt(text, asked(typed))

    edges = [edge for span in found.spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
    assert len(found.text) <= EXCERPT_CHARS + 2


def test_only_the_beginning_of_a_long_text_is_looked_through() -> None:
    long = "开头" + "文" * WINDOW_CHARS + "月球车"

    assert excerpt(long, asked("月球车")).text.startswith("开头")
    assert excerpt(long, asked("月球车")).text.endswith("…")
    assert excerpt(long, asked("月球车")).spans == ()
    assert mark(long, asked("月球车")) == Marked(text=long, spans=())
    assert marked(excerpt("月球车" + long, asked("月球车"))) == ["月球车"]


def test_a_text_of_one_letter_is_marked_at_a_bounded_number_of_places() -> None:
    found = mark("月，" * WINDOW_CHARS, asked("月"))

    assert len(found.spans) == MOST_PLACES
