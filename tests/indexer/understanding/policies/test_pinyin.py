"""indexer.understanding.policies.pinyin: listed words in Latin letters."""

import pytest

from indexer.understanding.policies.pinyin import LATIN_TOKEN, TOKEN, Pinyin


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


@pytest.mark.parametrize(
    "text", ["s h u a d a n", "a b", "刷dan代 k a i.f-a,piao", "x·y·z·w1a", "-a-b-c", "5g 刷 's h'"]
)
def test_whether_there_is_pinyin_at_all_is_read_from_the_same_tokens(text: str) -> None:
    latin = [match[0] for match in TOKEN.finditer(text) if "a" <= match[0][0] <= "z"]

    assert LATIN_TOKEN.findall(text) == latin
