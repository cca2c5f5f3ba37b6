"""web.shown.pushes: why something pushed was not filed, in the words of the commands where those say it too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

import web
from config.words import WhitelistStatus
from indexer.catalogue.pushes import PushProblem, PushRefused
from indexer.catalogue.saved_pages import WORDS, NotAPage, PageProblem
from indexer.whitelist.records import Channel
from web.shown.pushes import CODES, PAGE_PROBLEMS, PUSH_PROBLEMS, page_code, page_words, push_words

CATALOGUE = Path(web.__file__).parent / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"


def test_a_file_is_refused_in_the_words_of_the_commands() -> None:
    with CATALOGUE.open("rb") as file:
        translated = {message.id: message.string for message in read_po(file)}

    assert {problem: translated[words._args[0]] for problem, words in PAGE_PROBLEMS.items()} == dict(WORDS)


def test_the_limit_stands_in_the_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "8 MB" in page_words(NotAPage(PageProblem.TOO_LARGE, limit="8 MB"))


@pytest.mark.parametrize("problem", [one for one in PushProblem if one is not PushProblem.NOT_APPROVED])
def test_every_reason_has_words_in_chinese(app: Flask, problem: PushProblem) -> None:
    with app.test_request_context("/"):
        assert push_words(PushRefused(problem)) == str(PUSH_PROBLEMS[problem])
        assert not push_words(PushRefused(problem)).isascii()


@pytest.mark.parametrize(("status", "word"), [("applied", "已申请"), ("suspended", "已暂停"), ("revoked", "已撤销")])
def test_a_channel_that_is_not_approved_is_named_with_its_status(
    app: Flask, make_channel: Callable[..., Channel], status: str, word: str
) -> None:
    refused = PushRefused(PushProblem.NOT_APPROVED, make_channel(status=WhitelistStatus(status)))

    with app.test_request_context("/"):
        words = push_words(refused)

    assert "示例馆网站" in words
    assert word in words


def test_every_reason_has_its_status_and_so_has_every_file() -> None:
    assert set(CODES) == set(PushProblem)
    assert {page_code(NotAPage(one, limit="8 MB", most="100")) for one in PageProblem} == {413, 422}
