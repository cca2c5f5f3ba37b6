"""indexer.understanding.policies.sounds: syllables of characters, and of words in pinyin."""

import pytest

from indexer.understanding.policies.sounds import FIRST, LONGEST, in_pinyin, sound, syllables


@pytest.mark.parametrize(("one", "other"), [("博彩", "菠菜"), ("微商", "薇商"), ("科普", "科谱")])
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_a_sound_stands_in_the_place_of_its_character_and_all_else_stays() -> None:
    said = sound("刷a1单😀")

    assert (said[1:3], said[4], len(said)) == ("a1", "😀", 5)
    assert said[0] == syllables()["shua"]
    assert min(map(ord, syllables().values())) == FIRST


@pytest.mark.parametrize(("word", "meant"), [("shuadan", "刷单"), ("fapiao", "发票"), ("xian", "先"), ("lv", "律")])
def test_pinyin_is_spelled_by_its_longest_syllables(word: str, meant: str) -> None:
    assert in_pinyin(word) == sound(meant)


@pytest.mark.parametrize("word", ["http", "vip", "shop", "b", "a" * (LONGEST + 1)])
def test_other_words_are_no_pinyin(word: str) -> None:
    assert in_pinyin(word) is None
