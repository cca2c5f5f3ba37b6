"""How an answer is compared with the right reading: squeezed texts, instants, days."""

import html
import re
import unicodedata
from datetime import UTC, date, datetime

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>")
SHOWN_CHARS = 60


def squeeze(text: str) -> str:
    """Return the text in NFC without any white space, zero-width characters and soft hyphens."""
    return "".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def squeeze_markup(text: str) -> str:
    """Return the squeezed text without mark-up and entities either: a feed may be answered as text or as HTML."""
    plain = html.unescape(html.unescape(MARKUP.sub("", html.unescape(text))))
    return squeeze(MARKUP.sub("", plain))


def shorten(value: object) -> str:
    """Return the value for a table of failures."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


def differing(field: str, got: object, wanted: object) -> str:
    """Return one reason: field, got, wanted."""
    return f"{field}: got {shorten(got)!r}, wanted {shorten(wanted)!r}"


def is_same_time(got: str | None, wanted: str) -> bool:
    """Whether the answer names the wanted second and a zone, or of a bare day that day as written or in UTC."""
    if not got:
        return False
    if len(wanted) == len("2026-09-17"):
        return date.fromisoformat(wanted) in _days(got)
    answer = datetime.fromisoformat(got) if len(got) > len("2026-09-17") else None
    if answer is None or answer.tzinfo is None:
        return False
    return answer.replace(microsecond=0) == datetime.fromisoformat(wanted).astimezone(UTC).replace(microsecond=0)


def _days(answer: str) -> set[date]:
    moment = datetime.fromisoformat(answer)
    return {moment.date()} if moment.tzinfo is None else {moment.date(), moment.astimezone(UTC).date()}
