"""Ask a Meilisearch server for its version, and say where it is too old."""

import re
from typing import Any

import structlog
from meilisearch.errors import MeilisearchApiError

from indexer.search.meilisearch.client import open_client
from indexer.search.meilisearch.errors import server_errors

LEAST = (1, 46)  # 1.45 joins deletions by filter wrongly, 1.15 counts bytes for typing errors (read 2026-11)
NUMBER = re.compile(r"(\d{1,6})\.(\d{1,6})")
log = structlog.get_logger()


def too_old(version: str) -> bool:
    """Tell whether a version is older than what is needed; of what is no version nothing is said."""
    found = NUMBER.match(version)
    return found is not None and (int(found[1]), int(found[2])) < LEAST


def ask_version(url: str, key: str | None, *, seconds: float) -> str:
    """Return the version of a server as `note_version` does. Raises IndexDown."""
    with server_errors():
        return note_version(open_client(url, key, seconds=seconds))


def note_version(client: Any) -> str:  # noqa: ANN401  # the package marks itself untyped
    """Return the server's version, and log where it is too old; empty where the key may not ask."""
    try:
        version = str(client.get_version()["pkgVersion"])
    except MeilisearchApiError as refused:
        if refused.code == "invalid_api_key":
            return ""
        raise
    if too_old(version):
        log.warning("meilisearch_too_old", version=version, least=".".join(map(str, LEAST)))
    return version
