"""Unicode normalisation in linear time."""

import re
import unicodedata
from functools import cache
from typing import Literal

MOST_MARKS = 30  # on one letter, as in Unicode's stream-safe format (UAX 15): no language has more
COMBINING = range(0x300, 0x1F000)  # beyond it no character combines


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in a normal form; of marks stacked on one letter the first 30.

    Normalisation sorts the marks of a letter in quadratic time: a text of nothing else would take hours.
    """
    return unicodedata.normalize(form, _stacks().sub(r"\1", text) if _may_hold_a_stack(text) else text)


def _may_hold_a_stack(text: str) -> bool:
    """Tell whether marks may stand so close: of so many in a row one stands where every 31st character is looked at."""
    return not text.isascii() and _mark().search(text[:: MOST_MARKS + 1]) is not None


@cache
def _stacks() -> re.Pattern[str]:
    """More marks in a row than any letter has."""
    mark = _mark().pattern
    return re.compile(f"({mark}{{{MOST_MARKS}}}){mark}+")


@cache
def _mark() -> re.Pattern[str]:
    """One mark; a few characters become marks only when they are taken apart."""
    marks = [char for char in map(chr, COMBINING) if unicodedata.combining(unicodedata.normalize("NFKD", char)[0])]
    return re.compile(f"[{''.join(marks)}]")
