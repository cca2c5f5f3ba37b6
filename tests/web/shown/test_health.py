"""web.shown.health: how a channel is, in its reader's language, by the same facts as in commands and letters."""

import pytest
from flask import Flask

from indexer.catalogue.platform_words import PlatformCase
from indexer.health import words
from indexer.health.conditions import Condition, Diagnosis, Grade, Whose
from tests.indexer.health.telling import failed, refused
from web.shown.health import BADGES, CONDITIONS, TOLD, WHOSE, condition_word, sentence, to_do, what, whose_word

IP_REFUSED = Diagnosis(
    condition=Condition.ERROR,
    whose=Whose.UNIT,
    facts={"since": "2026-09-17 10:00", "times": "3"},
    trouble=refused(PlatformCase.IP_NOT_ALLOWED).trouble,
)


def test_all_that_can_be_the_case_can_be_told() -> None:
    assert TOLD.keys() == words.WORDS.keys()
    assert set(CONDITIONS) == set(Condition)
    assert set(WHOSE) == set(Whose) - {Whose.NOBODY}
    assert set(BADGES) == set(Grade)


def test_in_chinese_it_is_what_commands_say(app: Flask) -> None:
    with app.test_request_context("/"):
        assert what(IP_REFUSED) == words.what(IP_REFUSED)
        assert to_do(IP_REFUSED) == words.to_do(IP_REFUSED)
        assert condition_word(Condition.ERROR) == words.CONDITION_WORDS[Condition.ERROR]


def test_in_english_the_facts_are_the_same(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert what(IP_REFUSED) == "Since 2026-09-17 10:00, 3 reads in a row have failed"
        assert "203.0.113.7" in to_do(IP_REFUSED)
        assert whose_word(Whose.UNIT) == "for the unit"


@pytest.mark.parametrize(
    ("diagnosis", "says"),
    [
        (Diagnosis(condition=Condition.FAILING, remark="打不开。请检查网站"), "打不开。请检查网站"),
        (Diagnosis(condition=Condition.FAILING), "不用处理：下一轮会自动再试"),
        (Diagnosis(condition=Condition.FAILING, trouble=failed().trouble), str(failed().trouble)),
    ],
)
def test_a_read_that_failed_says_what_is_known_of_it(app: Flask, diagnosis: Diagnosis, says: str) -> None:
    with app.test_request_context("/"):
        assert to_do(diagnosis) == says


@pytest.mark.parametrize(("lang", "said"), [("zh", "示例。"), ("en", "示例.")])
def test_a_sentence_ends_as_its_language_does(app: Flask, lang: str, said: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        assert sentence("示例") == said


def test_where_nobody_has_something_to_do_nobody_is_named(app: Flask) -> None:
    with app.test_request_context("/"):
        assert whose_word(Whose.NOBODY) == ""
