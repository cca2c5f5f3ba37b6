"""Rows that a page keeps in a script: the records of 大汉 JCMS (jpage), which its own script would draw."""

import re
from collections.abc import Iterator

from indexer.base.text import unescaped

OPENING = re.compile(r"<(datastore|recordset)\b[^<>]{0,200}>", re.IGNORECASE)
SCRIPT_BEFORE = re.compile(
    r"<script\b[^<>]{0,500}>\s{0,200}(?:<!--|//\s?<!\[CDATA\[|<\?xml[^<>]{0,200}\?>|<datastore>)?\s{0,200}$",
    re.IGNORECASE,
)
SCRIPT_AFTER = re.compile(r"\s{0,200}(?:-->|//\s?\]\]>)?\s{0,200}</script\s*>", re.IGNORECASE)
RECORD = re.compile(r"<record\b[^<>]{0,200}>", re.IGNORECASE)
RECORD_END = re.compile(r"</record\s*>", re.IGNORECASE)
NEXT_GROUP = re.compile(r"<nextgroup\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?\s*(<a\b[^<>]{0,2100}>)", re.IGNORECASE)
CDATA, CDATA_END = "<![CDATA[", "]]>"
LOOKED_BACK = 1000
ROOM = "list-records"  # class of the element that takes the records' place


def with_records(text: str) -> str:
    """Return the page with the records of its scripts in their place, as HTML; the page itself where it has none."""
    pieces: list[str] = []
    place = 0
    while found := OPENING.search(text, place):
        name = found[1]
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, found.end())
        inner = text[found.end() : closing.start() if closing else len(text)]
        end = closing.end() if closing else len(text)
        start = found.start()
        if script := SCRIPT_BEFORE.search(text[max(place, start - LOOKED_BACK) : start]):
            start -= len(script[0])
            if after := SCRIPT_AFTER.match(text, end):
                end = after.end()
        pieces += (text[place:start], _as_html(inner))
        place = end
    return "".join(pieces) + text[place:] if pieces else text


def _as_html(inner: str) -> str:
    records = [record for record in _records(inner) if record.strip()]
    rows = "".join(record if _is_row(record) else f"<div>{record}</div>" for record in records)
    if records and records[0].lstrip()[:3].lower() == "<tr":
        rows = f"<table>{rows}</table>"
    following = NEXT_GROUP.search(inner)
    link = f"<p>{following[1].replace('<a', '<a rel=next', 1)}</a></p>" if following else ""
    return f'<div class="{ROOM}">{rows}</div>{link}'


def _records(inner: str) -> Iterator[str]:
    for piece in RECORD.split(inner)[1:]:
        _, opened, content = piece.partition(CDATA)
        if opened:
            yield content.partition(CDATA_END)[0]
            continue
        plain = RECORD_END.split(piece, maxsplit=1)[0]
        yield unescaped(plain) if plain.lstrip().startswith("&lt;") else plain


def _is_row(record: str) -> bool:
    return record.lstrip()[:4].lower() in ("<li>", "<li ", "<tr>", "<tr ", "<dl>", "<dl ", "<div", "<tab")
