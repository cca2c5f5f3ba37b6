"""indexer.understanding.policies.offence_terms: a text's terms, the same however it is written."""

import numpy as np
import pytest

from indexer.understanding.policies.offence_terms import BUCKETS, terms, terms_of


@pytest.mark.parametrize("text", ["你们这些騙子", "你 们 这 些 骗 子", "你\u200b们这些骗子", "你.们.这.些.骗.子"])
def test_signs_and_traditional_characters_change_no_term_of_characters(text: str) -> None:
    assert np.array_equal(terms(text)[0], terms("你们这些骗子")[0])


@pytest.mark.parametrize("text", ["nimen这些pian子", "泥门这些骗子", "你们这些 pian zi"])
def test_what_sounds_alike_has_the_same_syllables(text: str) -> None:
    assert np.array_equal(terms(text)[2], terms("你们这些骗子")[2])


def test_a_picture_of_an_animal_is_read_as_its_character() -> None:
    assert np.array_equal(terms("你是🐶")[0], terms("你是狗")[0])


@pytest.mark.parametrize("text", ["", "🎈🎈", "\ud800", "abc 123", "好" * 10_000])
def test_any_text_has_terms_below_the_number_of_buckets(text: str) -> None:
    assert all((kind < BUCKETS).all() for kind in terms(text))


def test_texts_that_are_read_in_one_go_have_the_terms_that_each_has_by_itself() -> None:
    texts = ["你们这些pian子", "", "a", "他\n们的🐶", "sha bi 泥门", "湿地\u200b有什么用？", "\ud800好\r", "\n第12号"]

    together = terms_of(texts)

    for number, text in enumerate(texts):
        for kind, alone in zip(together, terms(text), strict=True):
            assert np.array_equal(kind.numbers[kind.owners == number], alone)
