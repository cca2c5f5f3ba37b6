"""indexer.search.meilisearch.tokens: terms as Latin letters."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.chinese import characters
from indexer.search.engine import Needle, Part
from indexer.search.meilisearch.tokens import LENGTH, pair_tokens, phrase, single_tokens

PLAIN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


@given(PLAIN, st.data())
def test_every_piece_of_a_text_is_a_phrase_of_its_tokens(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    held = f" {pair_tokens(text)} {single_tokens(text)} "

    # What was drawn may fold to other characters; tokens are of folded text, as needles are.
    folded = phrase(Needle(characters(text[start:end])))
    assert f" {folded.strip(chr(34))} " in held


@given(
    st.characters(min_codepoint=0x20, max_codepoint=0x6FFFF), st.characters(min_codepoint=0x20, max_codepoint=0x6FFFF)
)
def test_different_characters_are_spelled_apart_in_small_letters(one: str, other: str) -> None:
    spelled = phrase(Needle(one)).strip('"')

    assert len(spelled) == LENGTH
    assert spelled.isascii()
    assert spelled.islower()
    assert (spelled == phrase(Needle(other)).strip('"')) == (one == other)


def test_tokens_of_a_part_are_told_from_those_of_anything() -> None:
    assert phrase(Needle("月球")) == '"{}"'.format(pair_tokens("月球"))
    assert pair_tokens("月球", Part.TITLE) == "t" + pair_tokens("月球")
    assert pair_tokens("月球", Part.NAMES) == "n" + pair_tokens("月球")


def test_characters_stand_once_and_pairs_in_their_order() -> None:
    assert len(single_tokens("月月球，月").split()) == 2
    assert pair_tokens("月球月").split() == [pair_tokens("月球"), pair_tokens("球月")]
    assert pair_tokens("月") == single_tokens("，") == ""
