"""crawler.conditional: what is sent with a request and kept of an answer."""

from crawler.conditional import request_headers, validators_of


def test_both_validators_are_sent_back_as_they_came() -> None:
    assert request_headers(('W/"1"', "Mon, 01 Sep 2026 00:00:00 GMT")) == {
        "If-None-Match": 'W/"1"',
        "If-Modified-Since": "Mon, 01 Sep 2026 00:00:00 GMT",
    }


def test_without_validators_nothing_is_sent() -> None:
    assert request_headers((None, None)) == {}


def test_an_empty_header_is_no_validator() -> None:
    assert validators_of({"etag": "", "last-modified": "yesterday"}) == (None, "yesterday")
