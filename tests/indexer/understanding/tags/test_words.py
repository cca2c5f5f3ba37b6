"""Words and pairs of characters as features."""

import numpy as np
import pytest

from indexer.understanding.tags.words import READ_CHARS, Heard, Words, folded, pairs, readable_part, tokens, whole_words


def test_words_and_every_two_characters_are_tokens_and_numbers_are_none() -> None:
    assert tokens("节水 2026年 5G") >= {"节水", "5g"}
    assert "2026" not in tokens("2026")
    assert tokens("丰收节水果") >= {"节水", "水果"}
    assert "节水" not in whole_words("丰收节水果展销")


@pytest.mark.parametrize("text", ["", "\ud800", "😀" * 50, "\0", "。！？", "​"], ids=ascii)
def test_what_holds_no_word_has_none(text: str) -> None:
    assert whole_words(text) == frozenset()
    assert not Words.of([tokens(text), tokens(text)]).known


def test_a_word_of_one_text_says_nothing_and_a_rare_one_weighs_more() -> None:
    words = Words.of([frozenset(some) for some in ({"甲乙", "丙丁"}, {"甲乙", "丙丁"}, {"甲乙", "戊己"})])

    assert words.known == ("丙丁", "甲乙")
    assert words.weights[0] > words.weights[1]


def test_rows_of_many_words_are_of_unit_length_and_those_of_few_are_shorter() -> None:
    many = frozenset(f"词{number}" for number in range(2000))
    words = Words.of([many, many])

    rows = words.matrix([many, frozenset({"词1", "词2"}), frozenset({"别的"})])

    full, few, none = np.linalg.norm(rows, axis=1)
    assert full == pytest.approx(1, abs=1e-5)
    assert 0 < few < 0.1
    assert none == 0


def test_of_a_long_body_the_beginning_is_read() -> None:
    assert len(readable_part("题", "长" * 5_000_000)) == READ_CHARS + 2


LESSONS = ("丰收节水果展销", "节水 2026年 5G", "今天水库放水！节水", "İstanbul ΣΑΣ 水库", "a\n水果\r\n水库;节水？")


@pytest.mark.parametrize("text", [*LESSONS, "", "\ud800水\ud800库", "😀节水" * 50, "水", "水库" * 3000], ids=ascii)
@pytest.mark.parametrize("title", ["", "节水", "水\n库"])
def test_what_is_heard_of_a_piece_are_its_known_tokens_where_they_stand(title: str, text: str) -> None:
    words = Words.of([tokens(text) for text in LESSONS] * 2)
    readable = readable_part(title, text)

    whole, paired = words.heard(title, text)

    def known(some: frozenset[str]) -> frozenset[str]:
        return some & set(words.known)

    def shown(heard: Heard) -> set[str]:
        return {words.known[column] for column in heard.columns}

    assert shown(whole) == known(whole_words(title) | whole_words(text[:READ_CHARS]))
    assert shown(paired) == known(pairs(readable))
    for heard in (whole, paired):
        for column, start in zip(heard.columns, heard.starts, strict=True):
            assert folded(readable).startswith(words.known[column], start)


def test_small_letters_stand_where_capitals_stood() -> None:
    assert folded("İΣAİ") == "İσaİ"
    assert folded("科普AB\ud800") == "科普ab?"
