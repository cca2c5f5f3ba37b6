"""What a hit shows and marks."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.base.graphemes import MOST
from indexer.search.chinese import asked, clean
from indexer.search.highlight import (
    EXCERPT_CHARS,
    LEAD_CHARS,
    MOST_PLACES,
    WINDOW_CHARS,
    Marked,
    excerpt,
    mark,
    marked_all,
)

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
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), TEXTS)
def test_a_page_of_hits_is_marked_as_each_of_them_is(pieces: list[tuple[str, str]], typed: str) -> None:
    titles, texts = [clean(title) for title, _ in pieces], [clean(text) for _, text in pieces]

    found = marked_all(titles, texts, asked(typed))

    assert found == [
        (mark(title, asked(typed)), excerpt(text, asked(typed))) for title, text in zip(titles, texts, strict=True)
    ]


def test_what_is_beyond_the_window_is_told_of_each_text_of_a_page() -> None:
    texts = ["短文。", "长" * WINDOW_CHARS, "长" * WINDOW_CHARS + "月球车"]

    found = [cut for _, cut in marked_all(["一", "二", "三"], texts, asked("月球车"))]

    assert found == [excerpt(text, asked("月球车")) for text in texts]
    assert found[2].text.endswith("…")


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_spans_lie_inside_the_text_in_order_and_apart(text: str, typed: str) -> None:
    found = excerpt(text, asked(typed))

    edges = [edge for span in found.spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
    assert len(found.text) <= EXCERPT_CHARS + 2 + 2 * MOST


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


def test_the_window_with_most_marks_is_shown_with_a_lead_before_it() -> None:
    text = "甲" * 200 + "月球" + "乙" * 300 + "月球车和月球" + "丙" * 300

    found = excerpt(text, asked("月球"))

    assert found.text == "…" + "乙" * LEAD_CHARS + "月球车和月球" + "丙" * (EXCERPT_CHARS - LEAD_CHARS - 6) + "…"
    assert found.spans == ((25, 27), (29, 31))


def test_of_windows_with_equal_marks_the_first_is_shown() -> None:
    found = excerpt("甲" * 200 + "月球" + "乙" * 300 + "月球" + "丙" * 300, asked("月球"))

    assert found.text.startswith("…" + "甲" * LEAD_CHARS + "月球乙")


def test_a_match_at_the_end_is_shown_in_a_full_window() -> None:
    found = excerpt("甲" * 300 + "月球", asked("月球"))

    assert found == Marked(text="…" + "甲" * (EXCERPT_CHARS - 2) + "月球", spans=((119, 121),))


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("去月球", asked("月球")) == Marked(text="去月球", spans=((1, 3),))
    assert excerpt("甲" * EXCERPT_CHARS, asked("月球")).text == "甲" * EXCERPT_CHARS


def test_marks_that_touch_are_one() -> None:
    assert mark("月球车过夜", asked("月球车 过夜")).spans == ((0, 5),)
    assert mark("月球，车", asked("月球 车")).spans == ((0, 2), (3, 4))


def test_where_one_phrase_is_held_only_the_words_of_the_others_are_marked() -> None:
    assert marked(mark("月球车。夜里，过夜。", asked("月球车 夜里过夜"))) == ["月球车", "夜里，过夜"]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("宇航员👩\u200d🚀出舱", "👩", "👩\u200d🚀"),
        ("max\u0301\u0327s", "max", "max\u0301\u0327"),
        ("🇨🇳🇫🇷", "🇨🇳", "🇨🇳"),
    ],
)
def test_what_is_marked_ends_with_the_whole_of_a_sign(text: str, typed: str, marked: str) -> None:
    found = mark(text, asked(typed))

    assert [found.text[start:end] for start, end in found.spans] == [normalize("NFC", marked)]


def test_an_excerpt_tears_no_sign_at_its_ends() -> None:
    text = "👩\u200d🚀" * 100

    cut = excerpt(text, asked("月")).text.strip("…")

    assert cut == "👩\u200d🚀" * (len(cut) // 3)
