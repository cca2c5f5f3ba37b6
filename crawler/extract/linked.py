"""JSON-LD of a page as plain entries, for what is declared beside title, day and author."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
MOST_ENTRIES, MAX_DEPTH, VALUE_CHARS = 50, 6, 2048
WITHIN = ("@graph", "mainEntity", "video")


def linked_entries(page: HtmlElement) -> list[Mapping[str, Any]]:
    """Return the entries of the page's JSON-LD scripts, and those that they hold as graph, main entity or video."""
    found: list[Mapping[str, Any]] = []
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += islice(_entries(_read(script.text or ""), MAX_DEPTH), MOST_ENTRIES - len(found))
    return found


def texts(value: object) -> Iterator[str]:
    """Yield the texts of a value: itself, or those of a list."""
    for each in value[:20] if isinstance(value, list) else (value,):
        if isinstance(each, str) and each.strip():
            yield " ".join(each[:VALUE_CHARS].split())


def _read(text: str) -> object:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(TRAILING_COMMA.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None  # written by hand and broken: it declares nothing that can be relied on


def _entries(data: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _entries(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for name in WITHIN:
            yield from _entries(data.get(name), depth - 1)
