"""feedparser alone on the same feeds and sitemaps, for comparison: what its answer is worth without this project."""

import warnings
from calendar import timegm
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import feedparser

from tests.real import kind_feed, kind_sitemap
from tests.real.rows import Row


def feedparser_meets(rows: Sequence[Row]) -> int:
    """Return how many of these rows of feeds and sitemaps feedparser's own answer meets."""
    return sum(not _differences(row) for row in rows)


def _differences(row: Row) -> list[str]:
    answer = _answer(row)
    compare = kind_feed.compare_answer if row.kind == "feed" else kind_sitemap.compare_answer
    return compare(answer, row.expected)


def _answer(row: Row) -> dict[str, Any]:
    header = row.expected.get("content_type")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own old names
        parsed = feedparser.parse(row.path.read_bytes(), response_headers={"content-type": header} if header else {})
        return {
            "title": parsed.feed.get("title"),
            "entries": [_entry(entry) for entry in parsed.entries],
        }


def _entry(entry: Any) -> dict[str, Any]:  # noqa: ANN401  (feedparser has no types)
    moment = next(
        (entry[name] for name in ("published_parsed", "updated_parsed", "created_parsed") if entry.get(name)), None
    )
    contents = [content.get("value") for content in entry.get("content", [])]
    return {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "published": datetime.fromtimestamp(timegm(moment), UTC).isoformat() if moment else None,
        "text": next((content for content in contents if content), entry.get("summary")),
        "enclosures": entry.get("enclosures", []),
    }
