"""crawler.reading.conditional: what is sent with a request and kept of an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.conditional import request_headers, rests_until, validators_of

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def test_both_validators_are_sent_back_as_they_came() -> None:
    assert request_headers(('W/"1"', "Mon, 01 Sep 2026 00:00:00 GMT")) == {
        "If-None-Match": 'W/"1"',
        "If-Modified-Since": "Mon, 01 Sep 2026 00:00:00 GMT",
    }


def test_without_validators_nothing_is_sent() -> None:
    assert request_headers((None, None)) == {}


def test_an_empty_header_is_no_validator() -> None:
    assert validators_of({"etag": "", "last-modified": "yesterday"}) == (None, "yesterday")


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 7200 ", timedelta(hours=2)),
        ("86401", timedelta(hours=24)),
        ("9" * 5000, timedelta(hours=24)),
        ("Thu, 17 Sep 2026 03:30:00 GMT", timedelta(minutes=90)),
        ("Thu, 17 Sep 2026 11:30:00 +0800", timedelta(minutes=90)),
        ("Thu, 17 Sep 2026 03:30:00 -0000", timedelta(minutes=90)),
        ("Fri, 17 Sep 2027 03:30:00 GMT", timedelta(hours=24)),
    ],
)
def test_a_pause_is_read_as_seconds_or_as_a_date_and_is_a_day_at_most(asked: str, wait: timedelta) -> None:
    assert rests_until(asked, now=NOW) == NOW + wait


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "0",
        "-5",
        "soon",
        "１２０",
        "Wed, 16 Sep 2026 03:30:00 GMT",
        "Thu, 99 Sep",
        f"Thu, 17 Sep {10**20} 03:30:00 GMT",
    ],
)
def test_no_pause_is_asked_for_by_anything_else(asked: str) -> None:
    assert rests_until(asked, now=NOW) is None


@given(st.text())
def test_whatever_a_server_says_the_pause_is_bounded(asked: str) -> None:
    until = rests_until(asked, now=NOW)

    assert until is None or NOW < until <= NOW + timedelta(hours=24)
