"""Conditional GET, and pauses that a server asks for: what to send with a request, what to keep of an answer."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from indexer.records.host_rests import LONGEST_REST
from indexer.records.reads import Validators

NOT_MODIFIED = 304
VALIDATOR_CHARS = 1000
DIGITS = 6


def request_headers(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for the page only if it changed since `validators` were kept."""
    etag, last_modified = validators
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def validators_of(headers: Mapping[str, str]) -> Validators:
    """Return the validators of an answer (header names in lower case); one that cannot be sent back is none."""
    etag, last_modified = (headers.get(name, "") for name in ("etag", "last-modified"))
    return _sendable(etag), _sendable(last_modified)


def rests_until(retry_after: str, *, now: datetime) -> datetime | None:
    """Return until when a `Retry-After` (seconds, or an HTTP date) asks to be left alone, a day at most; None: not."""
    asked = retry_after.strip()
    if asked.isascii() and asked.isdigit():
        # Of more digits than a day's seconds have, the number itself does not matter.
        wait = timedelta(seconds=int(asked)) if len(asked) <= DIGITS else LONGEST_REST
    else:
        try:
            at = parsedate_to_datetime(asked)
        except (ValueError, OverflowError):  # the latter of numbers that no date has
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return now + min(wait, LONGEST_REST) if wait > timedelta(0) else None


def _sendable(value: str) -> str | None:
    """Visible ASCII, at most VALIDATOR_CHARS of it: a server may send anything, and would get it back in a header."""
    return value if value and value.isascii() and value.isprintable() and len(value) <= VALIDATOR_CHARS else None
