"""Rows of kind `feed`: what `carnival feed` says of an RSS, RDF, Atom or JSON feed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.real.comparing import differing, is_same_time, squeeze_markup
from tests.real.reading import answer_of

Json = Mapping[str, Any]


def compare(path: Path, expected: Json) -> list[str]:
    """Return what the reading misses of the row, empty where it is met."""
    return compare_answer(answer_of(path, expected), expected)


def compare_answer(answer: Json | None, expected: Json) -> list[str]:
    """Return what any reader's answer misses; None: it refused the file."""
    if answer is None:
        refusing_is_right = expected.get("entries") == 0 and not expected.get("feed_title")
        return [] if refusing_is_right else ["refused: the file holds a feed"]
    return list(_differences(answer, expected))


def _differences(answer: Json, expected: Json) -> Iterator[str]:
    if expected.get("entries") is not None and len(answer["entries"]) != expected["entries"]:
        yield differing("entries", len(answer["entries"]), expected["entries"])
    if (title := expected.get("feed_title")) is not None and not _is_same(answer["title"], title):
        yield differing("feed_title", answer["title"], title)
    if expected.get("first") and answer["entries"]:
        yield from _first_differences(answer["entries"][0], expected["first"])


def _first_differences(entry: Json, first: Json) -> Iterator[str]:
    for field in ("title", "link", "id"):
        if (wanted := first.get(field)) is not None and not _is_same(entry[field], wanted):
            yield differing(field, entry[field], wanted)
    if (wanted := first.get("published")) is not None and not is_same_time(entry["published"], wanted):
        yield differing("published", entry["published"], wanted)
    wanted_texts = first.get("content_contains") or ()
    for wanted in (wanted_texts,) if isinstance(wanted_texts, str) else wanted_texts:
        if not _holds(entry["text"], wanted):
            yield differing("text", entry["text"], wanted)
    yield from _wrongly_filled(entry, first)


def _wrongly_filled(entry: Json, first: Json) -> Iterator[str]:
    if len(entry["enclosures"]) < (first.get("enclosures") or 0):
        yield differing("enclosures", len(entry["enclosures"]), first["enclosures"])
    for field in first.get("absent") or ():
        if entry[field]:
            yield differing(field, entry[field], "nothing")
    for field, wrong in (first.get("not") or {}).items():
        if _is_same(entry[field], wrong):
            yield f"{field}: got {wrong!r}, which is another field's"


def _is_same(got: str | None, wanted: str) -> bool:
    return squeeze_markup(got or "") == squeeze_markup(wanted)


def _holds(got: str | None, wanted: str) -> bool:
    return squeeze_markup(wanted) in squeeze_markup(got or "")
