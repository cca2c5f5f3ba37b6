"""What a Meilisearch server does wrong, in words for the operator."""

import contextlib
from collections.abc import Iterator
from http import HTTPStatus

from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchError,
    MeilisearchTimeoutError,
)
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, RequestException, Timeout
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import JSONDecodeError as NoJson

from indexer.search.port import IndexDown

# The index was set up by another version of this program.
OTHER_SETTINGS = ("invalid_search_sort", "invalid_search_filter", "invalid_search_facets")
REMEDY = "Run `carnival reindex`: it builds the index anew from the records."
QUOTED = 300  # characters of what a server said
NO_MEILISEARCH = "what answers is no Meilisearch, or not all of its answer came"
TOO_LATE = "no answer came in time"
# The server did not answer, could not, or had no time.
SILENT = (MeilisearchCommunicationError, MeilisearchTimeoutError, RequestException)
# Another server behind the same address, or half an answer: numbers without end and lists in lists too.
OTHER_SHAPE = (ValueError, LookupError, TypeError, ArithmeticError, RecursionError)
BUSY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


@contextlib.contextmanager
def server_errors() -> Iterator[None]:
    """Turn whatever the client raises into IndexDown."""
    try:
        yield
    except (MeilisearchError, RequestException, *OTHER_SHAPE) as failed:
        raise IndexDown(_words(failed)) from failed


def is_silent(down: IndexDown) -> bool:
    """Tell whether the server did not answer, or could not: not what it answered to one query."""
    cause = down.__cause__
    if isinstance(cause, MeilisearchApiError):
        return cause.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or cause.status_code in BUSY
    return isinstance(cause, SILENT)


def _words(failed: Exception) -> str:
    if getattr(failed, "code", "") in OTHER_SETTINGS:
        return f"Meilisearch holds an index of another version. {REMEDY}"
    return f"Meilisearch does not answer as it should: {_why(failed)}"


def _why(failed: Exception) -> str:
    match failed:
        case MeilisearchApiError():
            return _refusal(failed)
        case MeilisearchTimeoutError() | Timeout():
            return TOO_LATE
        case NoJson() | ContentDecodingError():
            return f"{NO_MEILISEARCH} ({_quoted(str(failed))})"
        case ChunkedEncodingError():
            return "it broke off its answer, or would not end it"
        case UnicodeEncodeError():
            return "the key holds characters that no key has"
        case MeilisearchCommunicationError() | NoConnection():
            return _away(failed)
        case MeilisearchError() | RequestException():
            return _quoted(str(failed))
        case _:  # an answer in JSON, but of another shape
            return NO_MEILISEARCH


def _refusal(failed: MeilisearchApiError) -> str:
    said = _quoted(str(failed.message))
    match failed.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return f"it refuses the key: {said}"
        case HTTPStatus.TOO_MANY_REQUESTS:
            return f"it is asked too often: {said}"
    return f"it says {failed.status_code}: {said}"


def _away(failed: BaseException) -> str:
    """What the machine said of it, which lies some exceptions deeper, each of which repeats the others."""
    cause, text = failed.__cause__ or failed.__context__, str(failed)
    while cause is not None:
        if isinstance(cause, TimeoutError):
            return TOO_LATE
        if isinstance(cause, OSError) and cause.strerror:
            return f"it cannot be reached: {cause.strerror}"
        text, cause = str(cause) or text, cause.__cause__ or cause.__context__
    return f"it cannot be reached: {_quoted(text)}"


def _quoted(said: str) -> str:
    return " ".join(said.split())[:QUOTED]
