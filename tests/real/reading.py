"""The command's own answer on a captured feed, without starting a process for each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.feeds.command import as_json
from crawler.feeds.entries import NotAFeed
from crawler.feeds.reading import read_feed


def answer_of(path: Path, expected: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what `carnival feed --json` prints of the file, None where it refuses it in order."""
    try:
        feed = read_feed(path.read_bytes(), content_type=expected.get("content_type"))
    except NotAFeed:
        return None
    return as_json(feed)
