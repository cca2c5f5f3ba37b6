"""Conditional GET: what to send with a request, what to keep of an answer."""

from collections.abc import Mapping

NOT_MODIFIED = 304

Validators = tuple[str | None, str | None]  # ETag, Last-Modified: as the server sent them; None where it sent none


def request_headers(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for the page only if it changed since `validators` were kept."""
    etag, last_modified = validators
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def validators_of(headers: Mapping[str, str]) -> Validators:
    """Return the validators of an answer, whose header names are in lower case."""
    return headers.get("etag") or None, headers.get("last-modified") or None
