"""indexer.catalogue.platform_words: each way in which a platform refuses has words, with what to do and known facts."""

import re

import pytest

from indexer.catalogue.platform_words import PLATFORM_WORDS, PlatformCase

FACTS = {"ip", "code", "call", "said", "day", "name", "uid"}


def test_every_case_has_words() -> None:
    assert set(PLATFORM_WORDS) == set(PlatformCase)


@pytest.mark.parametrize("case", PlatformCase)
def test_words_say_what_to_do_with_facts_that_are_filled_in(case: PlatformCase) -> None:
    words = PLATFORM_WORDS[case]

    assert set(re.findall(r"%\((\w+)\)s", words)) <= FACTS
    assert "。" in words
    assert "%" not in words % dict.fromkeys(FACTS, "x")
