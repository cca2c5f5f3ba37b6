"""indexer.search.help.readings: how characters are read, and what sounds alike."""

import pytest

from indexer.search.help.readings import (
    beginnings,
    by_ear,
    first_readings,
    heard_syllables,
    readings,
    sound_alike,
    sound_same,
    syllables,
)


def test_a_character_with_several_readings_has_them_all_the_commonest_first() -> None:
    assert readings("行") >= {"xing", "hang"}
    assert first_readings()["行"] == "xing"
    assert "行" in syllables()["hang"]


def test_the_rounded_vowel_is_typed_as_v() -> None:
    assert readings("绿") >= {"lv"}


@pytest.mark.parametrize("nothing", ["a", "1", "，", "🌙"])
def test_what_is_no_character_has_no_reading(nothing: str) -> None:
    assert readings(nothing) == frozenset()


def test_every_begin_of_a_syllable_may_still_become_one() -> None:
    assert {"x", "xi", "xin", "zhuan"} <= beginnings()
    assert "xinga" not in beginnings()


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("shi", "si"), ("lan", "nang"), ("xing", "xin")])
def test_syllables_that_are_mixed_up_have_one_form(one: str, other: str) -> None:
    assert by_ear(one) == by_ear(other)


def test_a_form_by_ear_is_one_of_a_syllable_also_of_what_is_spelled_as_none() -> None:
    assert {by_ear("cuang"), by_ear("sipin"[:2])} <= heard_syllables()
    assert by_ear("xyz") not in heard_syllables()


def test_the_same_sound_is_one_that_both_can_have() -> None:
    assert sound_same("碳", "炭")
    assert sound_same("环", "还")
    assert not sound_same("新", "星")
    assert sound_alike("新", "星")
    assert not sound_alike("天", "地")
