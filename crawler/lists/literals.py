"""What scripts hold in JavaScript's own writing, no JSON: objects such as `{title:'…',url:'…'}`, strings of HTML."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

MOST_OBJECTS, MOST_STRINGS, STRING_CHARS = 2000, 2000, 400_000
OBJECT = re.compile(r"\{[^{}]{10,4000}\}")  # flat ones
PAIR = re.compile(
    r"""(?<![\w$])["']?(?P<name>[A-Za-z_]\w{0,30})["']?\s{0,5}:\s{0,5}"""
    r"""(?:(?P<sign>["'])(?P<text>(?:(?!(?P=sign))[^\\\n]|\\.)*+)(?P=sign)|(?P<number>\d{10,13})(?!\d))"""
)
# What is escaped outside of strings too is passed over: it would begin one that has no end, again and again.
STRING = re.compile(r"""\\.|(["'])((?:(?!\1)[^\\\n]|\\.)*+)\1|`((?:[^`\\]|\\.)*+)`""", re.DOTALL)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
BLANKS = frozenset("nrtbfv\n\r")
LINK = re.compile(r"<a\b[^<>]{0,2000}\bhref", re.IGNORECASE)


def objects_in(code: str) -> Iterator[Mapping[str, str]]:
    """Yield each flat object literal with the names and texts that it gives."""
    for found in islice(OBJECT.finditer(code), MOST_OBJECTS):
        pairs = {pair["name"]: pair["number"] or unquoted(pair["text"]) for pair in PAIR.finditer(found[0])}
        if len(pairs) > 1:
            yield pairs


def links_in_strings(code: str) -> Iterator[str]:
    """Yield each string that holds a link, as HTML."""
    for found in islice(STRING.finditer(code[:STRING_CHARS]), MOST_STRINGS):
        text = found[2] or found[3] or ""
        if text and LINK.search(text := unquoted(text)):
            yield text


def unquoted(text: str) -> str:
    """Return what a string of a script says: without the signs that escape its characters."""
    return ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        character = chr(int(code, 16))
        return character if character.isprintable() else " "  # half of a pair is none
    return " " if found[3] in BLANKS else found[3]
