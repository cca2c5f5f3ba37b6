"""indexer.search.terms: one cutting for every engine."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.chinese import characters, clean
from indexer.search.terms import SHORT, Laid, bigrams, codes, covering, runs, searched, streams, text_of

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("月球车節水ＰＭ２.5ﬁ½İ👩‍🚀乾隆 　\n\0"), max_size=60)


@given(TEXTS)
def test_what_is_searched_is_what_every_reader_of_a_text_folds_it_to(text: str) -> None:
    shown = clean(text)

    assert text_of(codes(shown)) == searched(shown) == characters(shown)
    assert searched(shown * SHORT) == characters(shown * SHORT)


@given(st.lists(TEXTS, max_size=4))
def test_every_character_of_a_shown_text_is_known_by_its_place(texts: list[str]) -> None:
    shown = [clean(text) for text in texts]

    for one, taken in zip(shown, streams(shown), strict=True):
        assert taken.characters == characters(one)
        assert len(taken.places) == len(taken.characters)
        assert list(taken.places) == sorted(taken.places)
        assert all(folded in characters(one[at]) for folded, at in zip(taken.characters, taken.places, strict=True))


@given(st.text("℃㎡½ﬁ㍿月a，", max_size=200))
def test_a_text_of_signs_that_fold_to_several_is_what_it_folds_to(text: str) -> None:
    shown = clean(text)
    [taken] = streams([shown])

    assert taken.characters == characters(shown)
    assert "".join(characters(shown[at]) for at in dict.fromkeys(taken.places.tolist())) == taken.characters


@given(st.lists(TEXTS, max_size=4))
def test_texts_that_are_laid_end_to_end_are_each_what_is_searched(texts: list[str]) -> None:
    shown = [clean(text) for text in texts]

    assert Laid.of(shown).texts == [searched(one) for one in shown]


def test_runs_stand_in_their_order_over_punctuation() -> None:
    assert runs(characters("月球，車 V2"), 2).split() == ["月球", "球车", "车v", "v2"]
    assert runs(characters("月球，車"), 3).split() == ["月球车"]
    assert runs("月球", 3) == runs("", 1) == ""


@given(st.text(st.sampled_from("月球车过夜"), min_size=3, max_size=12))
def test_the_fewest_runs_that_cover_a_needle_are_the_needle_again(needle: str) -> None:
    chosen = covering(needle, 3)

    written = ["?"] * len(needle)
    for place, run in chosen:
        written[place : place + 3] = run
    assert "".join(written) == needle
    assert len(chosen) == -(-len(needle) // 3)


@given(st.text(st.sampled_from("月球车夜"), max_size=9), st.integers(1, 3))
def test_a_long_text_is_cut_as_a_short_one(text: str, length: int) -> None:
    long = text * SHORT

    assert runs(long, length).split() == [long[place : place + length] for place in range(len(long) - length + 1)]


def test_a_needle_is_covered_by_its_beginning_and_its_end() -> None:
    assert covering("月球车过夜", 3) == [(0, "月球车"), (2, "车过夜")]
    assert covering("月球车", 3) == [(0, "月球车")]


def test_pairs_of_characters_overlap() -> None:
    assert bigrams("月球车") == ["月球", "球车"]
    assert bigrams("月") == []
