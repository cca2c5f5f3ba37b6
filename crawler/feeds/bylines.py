"""Author names of a feed entry, without mail addresses."""

import re
from collections.abc import Iterable

from crawler.extract.body.blocks import tidy

IN_BRACKETS = re.compile(r"^\S+@\S+\s*\((.+)\)$")  # RSS 2.0: `mail@host (Name)`
MAIL = re.compile(r"<?\S+@\S+>?")
NAMES_AT_MOST = 20
WRITTEN_CHARS = 300  # no byline is longer; the patterns look at each part of a word without blanks


def byline_of(written: Iterable[str]) -> str:
    """Return the names in these texts, each once."""
    return ", ".join(list(dict.fromkeys(name for text in written if (name := _name(text))))[:NAMES_AT_MOST])


def _name(text: str) -> str:
    line = tidy(text[:WRITTEN_CHARS])
    found = IN_BRACKETS.match(line)
    return tidy(found.group(1) if found else MAIL.sub("", line))
