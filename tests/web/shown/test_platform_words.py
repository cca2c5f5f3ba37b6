"""web.shown.platform_words: a platform's refusal in the reader's language; the Chinese is what it was filed with."""

import pytest
from flask import Flask

from indexer.catalogue.platform_words import PLATFORM_WORDS, PlatformCase
from web.shown.platform_words import PLATFORM_TOLD

FACTS = {
    "ip": "203.0.113.9",
    "code": "40164",
    "call": "batchget",
    "said": "x",
    "day": "2026-09-20",
    "name": "甲",
    "uid": "1",
}


@pytest.mark.parametrize("case", PlatformCase)
def test_the_chinese_words_are_those_that_are_filed(app: Flask, case: PlatformCase) -> None:
    with app.test_request_context("/"):
        assert str(PLATFORM_TOLD[case]) % FACTS == PLATFORM_WORDS[case] % FACTS


@pytest.mark.parametrize("case", PlatformCase)
def test_there_are_english_words(app: Flask, case: PlatformCase) -> None:
    with app.test_request_context("/?lang=en"):
        assert str(PLATFORM_TOLD[case]).isascii() or case is PlatformCase.UID_UNREGISTERED
