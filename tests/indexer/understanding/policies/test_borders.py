"""indexer.understanding.policies.borders: characters that are a word, and those that only stand in a row."""

import pytest

from indexer.understanding.policies.borders import Borders


def is_word(text: str, word: str) -> bool:
    start = text.index(word)
    return Borders(text).is_word((start, start + len(word)))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("学校推广节水龙头", "节水"),
        ("给老年人讲故事", "老年"),
        ("诚招刷单员", "刷单"),
        ("vip会员", "vip"),
        ("低碳", "低碳"),
    ],
)
def test_a_word_by_itself_or_within_a_longer_one_is_a_word(text: str, word: str) -> None:
    assert is_word(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("春节水果大促", "节水"),
        ("古老年轮", "老年"),
        ("坐在草坪上洗刷单车", "刷单"),
        ("运动会场地已平整", "会场"),
        ("a vips", "vip"),
        ("运动会场馆", "会场"),
    ],
)
def test_characters_of_two_words_are_none(text: str, word: str) -> None:
    assert not is_word(text, word)
