"""web.review.outcome: what became of the last move, announced once and kept so that it can be taken back."""

from collections.abc import Iterator

import pytest
from flask import Flask

from web.review.outcome import TITLE_CHARS, Outcome, for_templates, forget, short, tell


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/review/"):
        yield


def test_an_outcome_is_news_once_and_kept_afterwards() -> None:
    tell(Outcome(text="通过", item="i1", decision="d1"))

    first, second = for_templates()["outcome"], for_templates()["outcome"]

    assert first == Outcome(text="通过", item="i1", decision="d1")
    assert second == Outcome(text="通过", item="i1", decision="d1", is_fresh=False)


def test_the_next_outcome_takes_the_place_of_the_last() -> None:
    tell(Outcome(text="通过", item="i1"))
    tell(Outcome(text="退回", batch="b1"))

    assert for_templates()["outcome"] == Outcome(text="退回", batch="b1")


def test_what_is_forgotten_can_not_be_taken_back() -> None:
    tell(Outcome(text="通过"))
    forget()

    assert for_templates() == {"outcome": None}


def test_a_long_title_is_cut_for_the_cookie() -> None:
    assert short("x" * TITLE_CHARS) == "x" * TITLE_CHARS
    assert short("x" * (TITLE_CHARS + 1)) == "x" * TITLE_CHARS + "…"
