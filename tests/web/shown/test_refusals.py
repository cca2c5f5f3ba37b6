"""web.shown.refusals: a refusal is told in the reader's language with its facts; an old one as it was filed."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from flask import Flask

from indexer.catalogue.troubles import CASE, WORDS, Refusal, RefusalReason
from web.shown.refusals import TOLD, told

URL = "http://a.example/50%25.html"


def refused(facts: Mapping[str, str] | None, *, at: datetime) -> Refusal:
    return Refusal(
        channel="channel-a",
        unit=None,
        url=URL,
        title="",
        reason=RefusalReason.BAD_STATUS,
        message="当时的说法",
        at=at,
        facts=facts,
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", f"网页不存在（404）：{URL}。请检查登记的网址"),
        ("/?lang=en", f"There is no such page (404): {URL}. Check the registered address"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_its_reader(app: Flask, now: datetime, address: str, words: str) -> None:
    with app.test_request_context(address):
        assert told(refused({"url": URL, "status": "404", CASE: "404"}, at=now)) == words


def test_without_a_case_the_usual_words_of_its_reason_are_told(app: Flask, now: datetime) -> None:
    with app.test_request_context("/?lang=en"):
        words = told(refused({"url": URL, "status": "418"}, at=now))

    assert words == f"The site answered 418, which is no page: {URL}. Check the registered address"


def test_of_a_row_from_before_facts_were_kept_the_words_of_that_time_are_told(app: Flask, now: datetime) -> None:
    with app.test_request_context("/?lang=en"):
        assert told(refused(None, at=now)) == "当时的说法"


def test_all_that_is_filed_can_be_told() -> None:
    assert TOLD.keys() == WORDS.keys()
