"""indexer.understanding.policies.pinyin: listed words in Latin letters."""

import pytest

from indexer.understanding.policies.pinyin import Pinyin


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in Pinyin(("刷单", "代开发票")).spans(text)]


@pytest.mark.parametrize(
    "shown",
    ["shua dan", "shuadan", "刷dan", "shua-dan", "dai kai fa piao", "代开fapiao", "s h u a d a n", "s-h-u-a d-a-n"],
)
def test_a_word_in_pinyin_is_found_whole_or_in_part(shown: str) -> None:
    assert found(f"这里{shown}，快来") == [shown]


@pytest.mark.parametrize(
    "text", ["刷单", "shua ya 和 dan gao", "shua,dan", "mishuadan", "拼音练习：shua dan", "no", "", "a b c d e f"]
)
def test_plain_words_parts_of_other_words_and_lessons_are_left(text: str) -> None:
    assert found(text) == []
