"""Values of a platform's JSON, each taken for what it should be and for nothing where it is something else. Pure.

Foreign data: a title may come as a number, an id as either, a list as an object. One odd value costs itself alone.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from indexer.base.text import storable

Object = Mapping[str, Any]
MOST_CHARS = 2_000_000  # of one value: an article of WeChat has fewer than a million bytes
SECONDS_FROM, SECONDS_TO = 1_000_000_000, 4_000_000_000  # 2001 to 2096: what lies outside is no time of a publication


class NotAnAnswer(ValueError):
    """Bytes that are no JSON object."""


def parse(body: bytes) -> Object:
    """Return the JSON object of an answer, in UTF-8 with or without its mark. Raises NotAnAnswer."""
    try:
        data = json.loads(body.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAnAnswer("the answer is not JSON") from error
    if not isinstance(data, dict):
        raise NotAnAnswer("the answer is no JSON object")
    return data


def text(value: object) -> str:
    """Return a text, or a number as text (ids come as either); empty for whatever else it is."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return storable(str(value)[:MOST_CHARS]) if isinstance(value, str) or abs(value) < 10**30 else ""


def number(value: object) -> int | None:
    """Return a whole number, written as one or as text; None for whatever else it is."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    written = value.strip() if isinstance(value, str) else ""
    is_number = written.removeprefix("-").isascii() and written.removeprefix("-").isdecimal() and len(written) <= 20
    return int(written) if is_number else None


def truth(value: object) -> bool:
    """Tell whether a mark is set, as `true`, 1 or either of them as text."""
    return value is True or text(value).strip().lower() in ("1", "true")


def moment(value: object) -> datetime | None:
    """Return the time of epoch seconds, aware; None where the value names none."""
    seconds = number(value)
    if seconds is None or not SECONDS_FROM < seconds < SECONDS_TO:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC)


def within(value: object, *names: str) -> Object:
    """Return the object that stands under names, one inside the other; an empty one where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def objects(value: object) -> Sequence[Object]:
    """Return the objects of a list; a single object is a list of one, as some platforms write it."""
    if isinstance(value, Mapping):
        return (value,)
    return tuple(each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else ()


def numbers(value: object) -> tuple[int, ...]:
    """Return the whole numbers of a list."""
    found = (number(each) for each in value) if isinstance(value, list) else ()
    return tuple(each for each in found if each is not None)
