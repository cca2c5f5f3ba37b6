"""indexer.search.meilisearch.errors: whatever the client raises is IndexDown, in words for the operator."""

import pytest
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchError,
    MeilisearchTimeoutError,
)
from requests import Response
from requests.exceptions import ChunkedEncodingError, ConnectionError, JSONDecodeError, Timeout, TooManyRedirects

from indexer.search.meilisearch.errors import is_silent, server_errors
from indexer.search.port import IndexDown


def refused(status: int, code: str = "any", message: str = "its words") -> MeilisearchApiError:
    answer = Response()
    answer.status_code = status
    answer._content = f'{{"message": "{message}", "code": "{code}"}}'.encode()
    return MeilisearchApiError("", answer)


def no_json() -> JSONDecodeError:
    return JSONDecodeError("Expecting value", "<html>", 0)


def told(failed: Exception) -> IndexDown:
    with pytest.raises(IndexDown) as down, server_errors():
        raise failed
    return down.value


def gone(reason: Exception) -> Exception:
    """A failure to connect, as the packages wrap it."""
    failed, inner = MeilisearchCommunicationError("HTTPConnectionPool(...)"), ConnectionError("HTTPConnectionPool(...)")
    failed.__cause__, inner.__context__ = inner, reason
    return failed


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        (refused(401), "it refuses the key: its words"),
        (refused(403, "invalid_api_key"), "it refuses the key: its words"),
        (refused(429), "it is asked too often: its words"),
        (refused(500), "it says 500: its words"),
        (MeilisearchTimeoutError("x"), "no answer came in time"),
        (Timeout(), "no answer came in time"),
        (gone(TimeoutError("timed out")), "no answer came in time"),
        (gone(ConnectionRefusedError(111, "Connection refused")), "it cannot be reached: Connection refused"),
        (gone(ValueError("bytes that are no HTTP")), "it cannot be reached: bytes that are no HTTP"),
        (ChunkedEncodingError(), "it broke off its answer, or would not end it"),
        (no_json(), "what answers is no Meilisearch, or not all of its answer came (Expecting value"),
        (TooManyRedirects("Exceeded 30\nredirects."), "Exceeded 30 redirects."),
        (MeilisearchError("something"), "something"),
        (KeyError("results"), "what answers is no Meilisearch, or not all of its answer came"),
        (OverflowError("infinity"), "what answers is no Meilisearch"),
        (RecursionError("[[[["), "what answers is no Meilisearch"),
        (UnicodeEncodeError("latin-1", "钥", 0, 1, "no"), "the key holds characters that no key has"),
    ],
)
def test_what_went_wrong_is_told_in_one_line(failed: Exception, words: str) -> None:
    text = str(told(failed))

    assert text.startswith("Meilisearch does not answer as it should: ")
    assert words in text
    assert "\n" not in text


def test_an_index_of_another_version_is_told_as_that() -> None:
    assert "Run `carnival reindex`" in str(told(refused(400, "invalid_search_filter")))


def test_a_long_answer_is_told_in_part() -> None:
    assert len(str(told(refused(502, message="x" * 5000)))) < 500


@pytest.mark.parametrize(
    "failed", [refused(500), refused(503), refused(429), refused(408), Timeout(), gone(OSError(1, "x")), no_json()]
)
def test_who_does_not_answer_or_cannot_is_silent(failed: Exception) -> None:
    assert is_silent(told(failed))


@pytest.mark.parametrize("failed", [refused(400), refused(403), KeyError("results")])
def test_who_answers_something_is_not_silent(failed: Exception) -> None:
    assert not is_silent(told(failed))
