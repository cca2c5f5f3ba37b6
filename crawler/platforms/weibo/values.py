"""Values of JSON from outside, each taken as what it should be or as nothing: ids, numbers, texts, flags."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]  # an object of foreign data: every value is checked where it is taken
NOTHING: Json = {}
MOST_DIGITS = 19


def object_in(value: object) -> Json:
    """Return the object; an empty one where there is another value."""
    return value if isinstance(value, Mapping) else NOTHING


def list_in(value: object) -> Sequence[object]:
    """Return the list; the values of an object whose names count them; nothing where there is another value."""
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else ()


def text_in(value: object) -> str:
    """Return the text, or a number as text, without white space around it; else nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip() if isinstance(value, str) or abs(value) < 10**MOST_DIGITS else ""


def id_in(value: object) -> str:
    """Return an id as decimal digits, whether the payload has a number or a text; else nothing."""
    text = text_in(value)
    return text if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and int(text) else ""


def number_in(value: object) -> int | None:
    """Return a whole number, written as one or as text; else None."""
    text = text_in(value)
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None


def flag_in(value: object) -> bool:
    """Tell whether a flag is set: true, 1, "1"."""
    return value is True or number_in(value) == 1
