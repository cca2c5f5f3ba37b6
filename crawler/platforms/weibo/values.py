"""Values of Weibo's JSON beside those of every platform (fields.py): ids, lists that come as objects."""

from collections.abc import Mapping, Sequence

from crawler.platforms.fields import text

MOST_DIGITS = 19


def id_in(value: object) -> str:
    """Return an id as decimal digits, whether the payload has a number or a text; else nothing."""
    written = line_in(value)
    return written if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS and int(written) else ""


def line_in(value: object) -> str:
    """Return a text, or a number as text, without white space around it; else nothing."""
    return text(value).strip()


def list_in(value: object) -> Sequence[object]:
    """Return the list; the values of an object whose names count or number them; nothing of another value."""
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else ()
