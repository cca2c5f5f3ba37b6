"""Cutting and folding."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.chinese import Asked, asked, characters, clean, words


def test_punctuation_and_space_are_no_characters_to_search_for_but_emoji_are() -> None:
    assert characters("月球，车 “过夜”🚀！") == "月球车过夜🚀"


def test_long_words_are_cut_into_their_parts_too() -> None:
    assert {"人工智能", "人工", "智能"} <= set(words("人工智能"))


def test_words_do_not_join_across_a_border() -> None:
    assert "节水" not in words("丰收节水果展销")


def test_what_was_typed_is_taken_apart_once() -> None:
    taken = asked("月球车  望远镜 月球车")

    assert taken.phrases == ("月球车", "望远镜")
    assert len(taken.words) == len(set(taken.words))


@given(st.text(st.sampled_from("月球车節水乾隆坤著名后後ABC123，。 "), min_size=1, max_size=40), st.data())
def test_a_piece_of_a_text_folds_as_it_does_inside_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert characters(text[start:end]) in characters(text)


def test_of_a_pasted_page_the_beginning_is_asked_for() -> None:
    assert asked("月" * 199 + "球车").phrases == ("月" * 199 + "球",)


def test_of_an_endless_text_a_million_characters_are_read() -> None:
    assert len(clean("月" * 1_000_005)) == len(characters("月" * 1_000_005)) == 1_000_000


def test_a_shown_text_keeps_its_spelling_in_one_line() -> None:
    assert clean(" 節 \n\n水\ud800e\u0301 ") == "節 水\ufffdé"


def test_what_cannot_be_searched_for_is_nothing() -> None:
    assert asked(" ，\u200b\ufe0f ") == Asked(phrases=(), words=())
    assert asked("月球 車 月球").phrases == ("月球", "车")
    assert characters("a\ud800b♥\ufe0f") == "ab♥"
