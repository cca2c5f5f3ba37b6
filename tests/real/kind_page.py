"""One row of kind `page`: the reading of a captured page against what stands on it (shared/fixtures/README.md)."""

import gzip
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from crawler.extract.body.blocks import squeeze
from crawler.extract.command import as_json
from crawler.extract.page import read_page

WIDE = "⺀"  # characters from here on are Chinese, Japanese or Korean


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    return compare_answer(read(path, expected), expected)


def compare_answer(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Return what any answer of the shape of `carnival extract --json` misses."""
    checks: tuple[Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]], ...] = (title, author, published, text)
    return [line for check in checks for line in check(answer, expected)]


def read(path: Path, expected: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what `carnival extract --json` answers."""
    body = path.read_bytes()
    if path.suffix == ".gz":
        body = gzip.decompress(body)
    return as_json(read_page(body, url=expected.get("url"), content_type=None))


def title(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Check the headline: equal, squeezed, to any of the right ones."""
    if expected.get("title") is None:
        return []
    right = [expected["title"], *expected.get("title_also", [])]
    got = answer.get("title") or ""
    return [] if squeeze(got) in {squeeze(one) for one in right} else [f"title: got {got!r}, wanted {right!r}"]


def author(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Check the byline: each name stands in an answer that is not much longer."""
    if expected.get("author") is None:
        return []
    right = [expected["author"], *expected.get("author_also", [])]
    got = answer.get("author") or ""
    if any(_names_stand(got, one) for one in right):
        return []
    return [f"author: got {got!r}, wanted {right!r}"]


def _names_stand(got: str, wanted: str) -> bool:
    names = wanted.split(", ")
    if any(char > WIDE for char in wanted):
        names = [part for name in names for part in name.split()]
    answer = squeeze(got)
    return all(squeeze(name) in answer for name in names) and len(answer) <= 3 * len(squeeze(wanted)) + 20


def published(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Check the day, as the answer writes it or in the zone of the row."""
    wanted = expected.get("published")
    if wanted is None:
        return []
    got = answer.get("published") or ""
    return (
        [] if str(wanted)[:10] in _days(got, expected.get("zone")) else [f"published: got {got!r}, wanted {wanted!r}"]
    )


def _days(got: str, zone: str | None) -> set[str]:
    days = {got[:10]}
    if "T" in got and zone:
        sign = -1 if zone[0] == "-" else 1
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])) * sign
        days.add(datetime.fromisoformat(got).astimezone(timezone(offset)).date().isoformat())
    return days


def text(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Check that all phrases of the article stand in the text, and none of the rest of the page."""
    got = squeeze(answer.get("text") or "")
    missing = [phrase for phrase in expected.get("body_contains", []) if squeeze(phrase) not in got]
    foreign = [phrase for phrase in expected.get("body_excludes", []) if not got or squeeze(phrase) in got]
    lines = [f"body_contains: {phrase!r} is not in the text" for phrase in missing]
    return lines + [
        f"body_excludes: {phrase!r} is in the text" if got else "body_excludes: no text" for phrase in foreign
    ]
