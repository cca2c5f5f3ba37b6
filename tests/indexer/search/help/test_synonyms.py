"""indexer.search.help.synonyms: the same query with another word for the same thing."""

from indexer.search.help.synonyms import Synonyms

SYNONYMS = Synonyms([["航天", "太空"], ["人工智能", "AI"], ["人工", "手工"], ["太空", "宇宙"]])


def test_one_word_is_exchanged_for_each_other_one_of_its_groups() -> None:
    assert SYNONYMS.instead_of("太空 旅行") == ["航天旅行", "宇宙旅行"]


def test_of_two_words_the_longer_counts_and_writing_does_not_matter() -> None:
    assert SYNONYMS.instead_of("人工智能展") == ["AI展"]
    assert SYNONYMS.instead_of("ａｉ展") == ["人工智能展"]


def test_what_has_no_such_word_stays_alone() -> None:
    assert SYNONYMS.instead_of("地震") == []
    assert Synonyms([]).instead_of("") == []


def test_a_word_of_latin_letters_is_one_only_as_a_whole() -> None:
    synonyms = Synonyms([["人工智能", "AI"]])

    assert synonyms.instead_of("AI医生") == ["人工智能医生"]
    assert synonyms.instead_of("kuaidi") == []
    assert synonyms.instead_of("ai2") == []
