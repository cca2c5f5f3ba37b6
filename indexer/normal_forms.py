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
    return unicodedata.normalize(form, text if text.isascii() else _stacks().sub(r"\1", text))


@cache
def _stacks() -> re.Pattern[str]:
    """More marks in a row than any letter has; a few characters become marks only when they are taken apart."""
    marks = [char for char in map(chr, COMBINING) if unicodedata.combining(unicodedata.normalize("NFKD", char)[0])]
    mark = f"[{''.join(marks)}]"
    return re.compile(f"({mark}{{{MOST_MARKS}}}){mark}+")
