"""Conditional GET: what to send with a request, what to keep of an answer."""

from collections.abc import Mapping

NOT_MODIFIED = 304
VALIDATOR_CHARS = 1000

Validators = tuple[str | None, str | None]  # ETag, Last-Modified: as the server sent them; None where it sent none


def request_headers(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for the page only if it changed since `validators` were kept."""
    etag, last_modified = validators
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def validators_of(headers: Mapping[str, str]) -> Validators:
    """Return the validators of an answer (header names in lower case); one that cannot be sent back is none."""
    etag, last_modified = (headers.get(name, "") for name in ("etag", "last-modified"))
    return _sendable(etag), _sendable(last_modified)


def _sendable(value: str) -> str | None:
    """Visible ASCII, at most VALIDATOR_CHARS of it: a server may send anything, and would get it back in a header."""
    return value if value and value.isascii() and value.isprintable() and len(value) <= VALIDATOR_CHARS else None
