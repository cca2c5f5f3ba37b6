"""Bytes of a feed → text: XML has its own order of claims, and a claim that the bytes break is none.

Byte order mark, then the header's charset, then the declaration; what no claim fits is recognised as on a page.
"""

import codecs
import re

from crawler.extract.charset import BOMS, CHINESE, HEADER_LABEL, WIDER, find_encoding

# XML 1.0, appendix F: how `<` looks in the wide encodings without a mark; `{` for JSON.
WIDE = (
    (re.compile(rb"[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]"), "utf-16-be"),
)
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
PROLOGUE_BYTES = 4096
# Of the encodings of one byte a character nearly all take any bytes: their names prove nothing.
PROVING = ("utf-8", "gb18030", "big5", "big5hkscs", "euc_kr", "cp949", "euc_jp", "shift_jis", "cp932", "iso2022_jp")
# So many characters of several bytes do not come out as UTF-8 by chance, whatever the label says.
SURE_UTF8 = 4
# A guess from fewer foreign bytes is none: then what readers of feeds have always fallen back to.
FOREIGN_BYTES = 10
FALLBACK = "cp1252"
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


def decode_feed(body: bytes, content_type: str | None = None) -> str:
    """Return the text; bytes that fit no encoding become U+FFFD. content_type: the HTTP header, if any."""
    for mark, name in BOMS:
        if body.startswith(mark) and (text := _strictly(body[len(mark) :], name)) is not None:
            return text
    start = body[:PROLOGUE_BYTES].lstrip(b"\t\n\r ")
    for pattern, name in WIDE:
        if pattern.match(start):
            return body.decode(name, errors="replace")
    claims = _claims(body, content_type)
    for name in claims:
        if name in PROVING and (text := _strictly(body, name)) is not None:
            return _of_likelier(body, content_type, name) if name in CHINESE else text
    if "utf-8" in claims and _is_mostly_utf8(body):
        return body.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    found = find_encoding(body, content_type)
    is_guess = found not in ("utf-8", *CHINESE, *claims)
    return body.decode(FALLBACK if is_guess and not _has_evidence(body) else found, errors="replace")


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """Python's names of the encodings that are claimed, most trusted first."""
    header = HEADER_LABEL.search(content_type or "")
    declared = DECLARED.search(body[:PROLOGUE_BYTES])
    labels = [header.group(1)] if header else []
    labels += [declared.group(1).decode("ascii")] if declared else []
    names = ["utf-8"] if len(MULTIBYTE.findall(body, 0, PROLOGUE_BYTES * 16)) >= SURE_UTF8 else []
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        names.append(WIDER.get(name, name))
    return names


def _of_likelier(body: bytes, content_type: str | None, claimed: str) -> str:
    """The text in the claimed encoding, or the other Chinese one: most bytes are valid in both, one makes sense."""
    found = find_encoding(body, content_type)
    return body.decode(found if found in CHINESE and _has_evidence(body) else claimed, errors="replace")


def _has_evidence(body: bytes) -> bool:
    return sum(byte >= 0x80 for byte in body[: PROLOGUE_BYTES * 16]) >= FOREIGN_BYTES


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether more characters of several bytes are whole than broken: one bad include does not change the encoding."""
    foreign = [char for char in body.decode("utf-8", errors="replace") if not char.isascii()]
    return foreign.count("\ufffd") * 2 <= len(foreign)
