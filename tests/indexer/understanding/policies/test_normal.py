"""indexer.understanding.policies.normal: one reading of every spelling, each character at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.understanding.policies.normal import GONE, cased, identity, mapped, normal, plain, squeezed


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("ＱＱ號", "qq号"),
        ("代開發票", "代开发票"),
        ("刷\u200b单\u00ad、裸\u200d贷", "刷单、裸贷"),
        ("刷\u0336单\ufe0f", "刷单"),
        ("①⑴㈠⒈1\u20e3", "11一11"),
        ("１３８　0000", "138 0000"),
        ("10² H₂O ½", "10² h₂o ½"),
        ("аdmіn", "admin"),
        ("٣", "3"),
        ("\ud800\0a", "\ufffda"),
        ("İß㏂", "İß㏂"),
        ("shuā Dān nǚ lü ñ è", "shua dan nv lv ñ e"),
        ("👍🏻\U000e0041", "👍🏻"),
        ("（；！）", "(;!)"),
        ("", ""),
    ],
)
def test_spellings_are_read_as_one(shown: str, text: str) -> None:
    assert normal(shown).text == text


def test_capitals_and_punctuation_stay_where_expressions_read() -> None:
    assert cased("（ＡＩ）生\u200b成，請　看\ud800") == "（AI）生成，请 看\ufffd"


def test_a_span_is_that_of_the_shown_text_from_its_first_to_its_last_character() -> None:
    read = normal("招刷\u200b\u200b單員")

    assert read.text == "招刷单员"
    assert read.shown((1, 3)) == (1, 5)


@given(st.text())
def test_every_character_knows_its_place_and_both_readings_are_of_one_length(shown: str) -> None:
    read = normal(shown)

    assert len(read.text) == len(read.places) == len(cased(shown))
    assert sorted(set(read.places.tolist())) == read.places.tolist()
    assert all(normal(shown[place]).text == char for char, place in zip(read.text, read.places, strict=True))


def test_letters_and_digits_are_left_of_a_text_with_their_places() -> None:
    assert squeezed("刷丶单丨1")[0] == "刷单1"
    letters, places = squeezed("刷.单 1😀\U00030000")

    assert (letters, places.tolist()) == ("刷单1\U00030000", [0, 2, 4, 6])


def test_a_table_replaces_characters_in_their_places() -> None:
    table = identity()
    table[ord("a")] = ord("z")

    assert mapped("ab\U00030000", table) == "zb\U00030000"
    assert GONE == 0


def test_a_word_of_a_rule_is_folded_alike() -> None:
    assert plain("ＱＱ號") == "qq号"
