"""web.shown.labels: every value that a page may show has a word, in the reader's language."""

from collections.abc import Iterator
from enum import StrEnum

import pytest
from flask import Flask

from config.taxonomy import Category, District
from config.words import ChannelKind, Severity, WhitelistStatus
from indexer.catalogue.items import ItemKind, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.catalogue.troubles import RefusalReason
from indexer.reports.desk import ReportProblem
from indexer.reports.tickets import ReportKind, ReportState
from indexer.review.records import Move, State
from indexer.review.states import MoveProblem
from web.shown import labels

SETS: tuple[type[StrEnum], ...] = (
    State,
    Move,
    ItemKind,
    ChannelKind,
    Severity,
    PictureRefusal,
    RefusalReason,
    ReportKind,
    ReportState,
    WhitelistStatus,
)
WORDS = [value for closed in SETS for value in closed]


@pytest.fixture(params=["zh", "en"])
def _reader(app: Flask, request: pytest.FixtureRequest) -> Iterator[None]:
    with app.test_request_context(f"/?lang={request.param}"):
        yield


@pytest.mark.usefixtures("_reader")
@pytest.mark.parametrize("value", WORDS, ids=[f"{type(value).__name__}.{value.name}" for value in WORDS])
def test_every_value_of_a_closed_set_has_its_word(value: StrEnum) -> None:
    assert labels.label(value).strip()


def test_chinese_and_english_readers_get_their_own_words(app: Flask) -> None:
    with app.test_request_context("/"):
        chinese = [labels.label(MediaKind.IMAGE), labels.label("title"), *labels.reasons()]
    with app.test_request_context("/?lang=en"):
        english = [labels.label(MediaKind.IMAGE), labels.label("title"), *labels.reasons()]

    assert english[:2] == ["picture", "title"]
    assert all(word.isascii() for word in english)
    assert not any(word.isascii() for word in chinese)
    assert len(set(chinese)) == len(chinese) == len(english)


def test_an_approved_channel_and_an_approved_item_have_two_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert labels.label(WhitelistStatus.APPROVED) != labels.label(State.APPROVED)


def test_a_word_that_nobody_wrote_is_a_fault(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(KeyError):
        labels.label("no such value")


@pytest.mark.usefixtures("_reader")
def test_every_refusal_and_every_status_says_what_to_do() -> None:
    words = [labels.refusal_words(problem) for problem in MoveProblem]
    words += [labels.report_refusal(problem) for problem in ReportProblem]
    words += [labels.channel_advice(status) for status in WhitelistStatus]

    assert len(set(words)) == len(words)
    assert min(map(len, words)) >= len("没有这一条。")


def test_a_category_is_named_in_the_reader_s_language_and_a_district_in_chinese(app: Flask) -> None:
    topic = Category(id="it", label="信息技术", label_en="IT", prototypes=(), keywords=(), traps=())
    district = District(id="haidian", label="海淀区", short="海淀")

    with app.test_request_context("/?lang=en"):
        assert (labels.named(topic), labels.named(district)) == ("IT", "海淀区")
    with app.test_request_context("/"):
        assert labels.named(topic) == "信息技术"
