"""Rows of kind `sitemap`: what `carnival feed` says of a sitemap or an index of sitemaps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.real.comparing import differing, is_same_time
from tests.real.reading import answer_of


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what the reading misses of the row, empty where it is met."""
    return compare_answer(answer_of(path, expected), expected)


def compare_answer(answer: Mapping[str, Any] | None, expected: Mapping[str, Any]) -> list[str]:
    """Return what any reader's answer misses; None: it refused the file."""
    may_refuse = bool(expected.get("may_refuse"))
    if answer is None or (may_refuse and not answer["entries"]):
        return [] if may_refuse else ["refused: the file holds a sitemap"]
    entries = answer["entries"]
    reasons = []
    if expected.get("urls") is not None and len(entries) != expected["urls"]:
        reasons.append(differing("entries", len(entries), expected["urls"]))
    if not entries:
        return reasons
    if (wanted := expected.get("first_loc")) is not None and entries[0]["link"] != wanted:
        reasons.append(differing("link", entries[0]["link"], wanted))
    if (wanted := expected.get("first_lastmod")) is not None and not is_same_time(entries[0]["published"], wanted):
        reasons.append(differing("published", entries[0]["published"], wanted))
    return reasons
