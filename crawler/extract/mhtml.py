"""Take the page out of an MHTML archive, the one file that browsers save a page as (RFC 2557)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

PARTS, DEPTH, HEAD_BYTES = 200, 3, 64 * 1024
PAGES = frozenset({"text/html", "application/xhtml+xml"})
BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class NoArchive(Exception):
    """Bytes that are no archive of a page, or one that is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the archive. content: as it is encoded there."""

    head: Message
    content: bytes


def page_of(archive: bytes) -> tuple[bytes, str]:
    """Return the bytes of the page itself, and its Content-Type. Raises NoArchive.

    The first part that is a page: those of frames in it come after. Takes no longer than the archive's length.
    """
    for part in _parts(_part(archive), depth=DEPTH):
        if part.head.get_content_type() in PAGES:
            charset = part.head.get_content_charset()
            return _decoded(part), "text/html" + (f"; charset={charset}" if charset else "")
    raise NoArchive("no part of it is a page")


def _parts(whole: Part, *, depth: int) -> Iterator[Part]:
    boundary = whole.head.get_boundary()
    if not boundary or not whole.head.get_content_type().startswith("multipart/"):
        raise NoArchive("it names no boundary of parts")
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")))
    for piece in line.split(whole.content, maxsplit=PARTS)[1:]:
        if piece.startswith(b"--"):
            return  # the end of the archive
        part = _part(piece.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"))
        if depth and part.head.get_content_maintype() == "multipart":
            yield from _parts(part, depth=depth - 1)
        else:
            yield part


def _part(piece: bytes) -> Part:
    """A head and what follows it; a part may begin with the blank line, and then has no head."""
    if piece.startswith((b"\n", b"\r\n")):
        return Part(head=Message(), content=piece.lstrip(b"\r\n"))
    found = BLANK_LINE.search(piece, 0, HEAD_BYTES)
    if found is None:
        raise NoArchive("a part of it has no end of its head")
    return Part(head=BytesHeaderParser().parsebytes(piece[: found.end()]), content=piece[found.end() :])


def _decoded(part: Part) -> bytes:
    encoding = str(part.head.get("content-transfer-encoding", "")).strip().lower()
    try:
        match encoding:
            case "quoted-printable":
                return binascii.a2b_qp(part.content)
            case "base64":
                return binascii.a2b_base64(part.content)
    except binascii.Error as error:
        raise NoArchive("a part of it is not encoded as it says") from error
    return part.content
