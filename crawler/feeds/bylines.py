"""Who wrote an entry, by name: mail addresses are taken out."""

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from crawler.extract.blocks import tidy

AUTHORS = ("dc:creator", "author", "atom:author", "itunes:author")
IN_BRACKETS = re.compile(r"^\S+@\S+\s*\((.+)\)$")  # RSS 2.0: `mail@host (Name)`
MAIL = re.compile(r"<?\S+@\S+>?")
NAMES_AT_MOST = 20
WRITTEN_CHARS = 300  # no byline is longer; the patterns look at each part of a word without blanks


def read_byline(children: Mapping[str, Sequence[etree._Element]]) -> str:
    """Return the names of the entry's authors, parted by `, `; empty where it names none."""
    for name in AUTHORS:
        if byline := byline_of(_written(element) for element in children.get(name, ())):
            return byline
    return ""


def byline_of(written: Iterable[str]) -> str:
    """Return the names in these texts, each once."""
    return ", ".join(list(dict.fromkeys(name for text in written if (name := _name(text))))[:NAMES_AT_MOST])


def _written(element: etree._Element) -> str:
    """Atom's `name` inside, else the text itself."""
    inside = (child for child in element if str(child.tag).rpartition("}")[2].lower() == "name")
    return "".join(next(inside, element).itertext())


def _name(text: str) -> str:
    line = tidy(text[:WRITTEN_CHARS])
    found = IN_BRACKETS.match(line)
    return tidy(found.group(1) if found else MAIL.sub("", line))
