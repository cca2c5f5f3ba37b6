"""Read values from the scripts of a WeChat page: strings as JavaScript writes them, lists of objects."""

import re
from collections.abc import Iterator
from itertools import islice

from indexer.base.text import unescaped

ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
CONTROL = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "0": ""}
OPENING = r"""['"]?\s*[:=]\s*(?:JsDecode\(|htmlDecode\()?\s*(?=['"])"""
TRIES = 20  # places tried under one name; a hostile page could offer a million strings that never close
BRACKET = re.compile(r"""['"]|[\[{]|[\]}]""")
QUOTED = re.compile(r"""'(?:[^'\\]|\\.){0,2000000}+'|"(?:[^"\\]|\\.){0,2000000}+\"""", re.DOTALL)
LIST_CHARS = 2_000_000


def unescape_script(text: str) -> str:
    """Return the characters that a JavaScript string literal stands for."""

    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else CONTROL.get(found[3], found[3])

    # Astral characters are written as two halves.
    return ESCAPE.sub(one, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def script_value(script: str, *names: str) -> str:
    """Return the first string that is not empty under one of the names (`name: '…'`, `name = "…"`), names in order."""
    for name in names:
        for found in islice(re.finditer(rf"(?<![\w$]){name}{OPENING}", script), TRIES):
            quoted = QUOTED.match(script, found.end())
            if quoted and (text := unescape_script(quoted[0][1:-1]).strip()):
                return text
    return ""


def script_number(script: str, *names: str) -> int | None:
    """Return the first whole number above zero under one of the names, quoted or not."""
    for name in names:
        for found in re.finditer(rf"""(?<![\w$]){name}['"]?\s*[:=]\s*['"]?(\d{{1,13}})(?!\d)""", script):
            if number := int(found[1]):
                return number
    return None


def section(script: str, name: str) -> str:
    """Return what stands between the braces or brackets after a name; empty where it is missing."""
    for found in islice(re.finditer(rf"""(?<![\w$]){name}['"]?\s*[:=]\s*(?=[\[{{])""", script), TRIES):
        inside = next(_enclosed(script, found.end()), "")
        if inside.strip():
            return inside
    return ""


def picture_addresses(script: str) -> tuple[str, ...]:
    """Return the address of each picture of a picture post, in order; covers and watermarks are nested deeper."""
    entries = section(script, "picture_page_info_list")
    found = (script_value(_shallow(entry), "cdn_url") for entry in _enclosed_all(entries))
    return tuple(unescaped(url) for url in found if url)


def _enclosed_all(text: str) -> Iterator[str]:
    place = text.find("{")
    while place >= 0:
        inside = next(_enclosed(text, place), None)
        if inside is None:
            return
        yield inside
        place = text.find("{", place + len(inside) + 2)


def _enclosed(text: str, start: int) -> Iterator[str]:
    """The text inside the bracket that opens at `start`; nothing where it never closes."""
    for place, depth in _depths(text, start):
        if depth == 0:
            yield text[start + 1 : place]
            return


def _shallow(text: str) -> str:
    """The text without what stands in inner brackets."""
    kept, last, inside = [], 0, False
    for place, depth in _depths("{" + text, 0):
        if depth == 2 and not inside:
            kept.append(text[last : place - 1])
            inside = True
        elif depth == 1 and inside:
            last, inside = place, False
    return "".join([*kept, "" if inside else text[last:]])


def _depths(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Each bracket outside strings with the depth behind it."""
    depth, place = 0, start
    while (found := BRACKET.search(text, place, start + LIST_CHARS)) is not None:
        mark = found[0]
        if mark in "'\"":
            quoted = QUOTED.match(text, found.start())
            if quoted is None:
                return  # a string that never closes: nothing behind it can be told apart
            place = quoted.end()
            continue
        depth += 1 if mark in "[{" else -1
        yield found.start(), depth
        if depth == 0:
            return
        place = found.end()
