"""Chooses a feed's encoding: byte order mark, HTTP header, XML declaration; skips one that the bytes contradict.

Where none fits, the bytes are recognised as those of a page are.
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
CDATA, CDATA_END = "<![CDATA[", "]]>"
HALF_END = re.compile(r"([^\x00-\x7f])\]>")
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


def decode_feed(body: bytes, content_type: str | None = None) -> str:
    """Return the text; bytes that fit no encoding become U+FFFD. content_type: the HTTP header, if any."""
    return _with_its_ends(_decoded(body, content_type))


def _with_its_ends(text: str) -> str:
    """The text with the end of each CDATA section whose first bracket a half character took.

    A summary cut by bytes ends in the first half of a character; a decoder makes one of it and of the `]` behind.
    """
    if text.count(CDATA) <= text.count(CDATA_END):
        return text
    return HALF_END.sub(lambda found: f"\ufffd{CDATA_END}" if _took_bracket(found[1]) else found[0], text)


def _took_bracket(char: str) -> bool:
    for name in CHINESE:
        try:
            if char.encode(name)[1:] == b"]":
                return True
        except UnicodeEncodeError:
            continue
    return False


def _decoded(body: bytes, content_type: str | None) -> str:
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
