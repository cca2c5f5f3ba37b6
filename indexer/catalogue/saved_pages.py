"""What a file that somebody pushes as a saved page really is, told from its bytes alone. Pure.

A page is HTML or MHTML, perhaps packed by gzip. Its name and the type that a browser gives it are never asked.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

HTML, MHTML = "text/html", "multipart/related"
GZIP = b"\x1f\x8b"
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MEMBERS = 100  # of a packed file: each costs a copy of what follows it
HEAD_BYTES = 16 * 1024
XML_HEAD = re.compile(rb"\s*<\?xml[^>]{0,500}>")
COMMENTS = re.compile(rb"(?:\s+|<!--.*?-->)*", re.DOTALL)
TAG = re.compile(rb"<(?:!doctype\s|!--|[a-z][a-z0-9:-]*[\s/>])", re.IGNORECASE)
DOCUMENT_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
NO_PAGE = re.compile(rb"<(?:!doctype\s+)?(?:rss|feed|rdf:rdf|urlset|sitemapindex|svg|plist)[\s>]", re.IGNORECASE)
FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)


class PageProblem(StrEnum):
    """Why a file is taken for no saved page."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    BROKEN_PACKING = "broken_packing"
    MANY_MEMBERS = "many_members"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    WEB_ARCHIVE = "web_archive"
    PICTURE = "picture"
    FEED = "feed"
    NO_PAGE = "no_page"


P = PageProblem
# The words of commands and of the collector; the site has the same in its catalogue of translations.
WORDS: Mapping[PageProblem, str] = MappingProxyType(
    {
        P.EMPTY: "文件是空的。请在浏览器里重新另存网页",
        P.TOO_LARGE: "文件超过 %(limit)s 的上限。请另存为“仅 HTML”，不要包含图片和附件",
        P.UNPACKED_TOO_LARGE: "压缩文件解开后超过 %(limit)s 的上限。请另存为“仅 HTML”，不要包含图片和附件",
        P.BROKEN_PACKING: "压缩文件已损坏，解不开。请直接推送没有压缩的网页文件",
        P.MANY_MEMBERS: "压缩文件的分段超过 %(most)s 个。请直接推送没有压缩的网页文件",
        P.DOCUMENT: "这是文档（PDF、Word 等），不是网页。请在浏览器里打开文章，另存为网页后再推送",
        P.ARCHIVE: "这是压缩包，不是网页。请解开后推送其中的网页文件（.html）",
        P.WEB_ARCHIVE: "这是 Safari 的网页归档，读不了。请在 Safari 里另存为“页面源码”",
        P.PICTURE: "这是图片，不是网页。请在浏览器里打开文章，另存为网页后再推送",
        P.FEED: "这是订阅源或其他 XML 文件，不是文章网页。请另存文章本身的网页",
        P.NO_PAGE: "文件不是网页（HTML 或 MHTML）。请在浏览器里打开文章，另存为网页后再推送",
    }
)
SIGNATURES: tuple[tuple[bytes, PageProblem], ...] = (
    (b"%PDF-", P.DOCUMENT),
    (b"\xd0\xcf\x11\xe0", P.DOCUMENT),
    (b"{\\rtf", P.DOCUMENT),
    (b"PK\x03\x04", P.ARCHIVE),
    (b"PK\x05\x06", P.ARCHIVE),
    (b"Rar!", P.ARCHIVE),
    (b"7z\xbc\xaf", P.ARCHIVE),
    (b"BZh", P.ARCHIVE),
    (b"\xfd7zXZ", P.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", P.ARCHIVE),
    (GZIP, P.ARCHIVE),  # packed twice
    (b"bplist00", P.WEB_ARCHIVE),
    (b"\x89PNG", P.PICTURE),
    (b"\xff\xd8\xff", P.PICTURE),
    (b"GIF8", P.PICTURE),
)


class NotAPage(Exception):
    """A file that is taken for no saved page; facts: names in WORDS → what stands there."""

    def __init__(self, problem: PageProblem, **facts: str) -> None:
        self.problem, self.facts = problem, facts
        super().__init__(WORDS[problem] % facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page as it is kept until it is read: unpacked, with the type that its bytes show."""

    body: bytes
    type: str


def saved_page(raw: bytes, *, limit: int) -> SavedPage:
    """Return the page that a file holds; limit: its most bytes, packed and unpacked. Raises NotAPage."""
    if len(raw) > limit:
        raise NotAPage(P.TOO_LARGE, limit=shown_size(limit))
    body = _unpacked(raw, limit) if raw.startswith(GZIP) else raw
    if not body.strip():
        raise NotAPage(P.EMPTY)
    return SavedPage(body=body, type=_type_of(body))


def shown_size(size: int) -> str:
    """Return a number of bytes as people read it."""
    mebibyte = 1024 * 1024
    return f"{size / mebibyte:.3g} MB" if size >= mebibyte else f"{size / 1024:.3g} KB"


def _unpacked(raw: bytes, limit: int) -> bytes:
    """Unpack to at most one byte more than the limit, whatever the file says of itself."""
    parts: list[bytes] = []
    left, room = raw, limit + 1
    while left.startswith(GZIP):
        if len(parts) == MEMBERS:
            raise NotAPage(P.MANY_MEMBERS, most=str(MEMBERS))
        unpacker = zlib.decompressobj(wbits=31)
        try:
            parts.append(unpacker.decompress(left, room))
        except zlib.error as error:
            raise NotAPage(P.BROKEN_PACKING) from error
        room -= len(parts[-1])
        if not room:
            raise NotAPage(P.UNPACKED_TOO_LARGE, limit=shown_size(limit))
        if not unpacker.eof:
            raise NotAPage(P.BROKEN_PACKING)
        left = unpacker.unused_data
    return b"".join(parts)


def _type_of(body: bytes) -> str:
    for start, problem in SIGNATURES:
        if body.startswith(start):
            raise NotAPage(problem)
    head = _readable(body).lstrip()
    if FIELD.match(head) and RELATED.search(BLANK_LINE.split(head, maxsplit=1)[0]):
        return MHTML
    text = XML_HEAD.sub(b"", head, count=1)
    text = text[_past_comments(text) :]
    if NO_PAGE.match(text):
        raise NotAPage(P.FEED)
    if b"\0" in head or not (TAG.match(text) or DOCUMENT_TAG.search(text)):
        raise NotAPage(P.NO_PAGE)
    return HTML


def _readable(body: bytes) -> bytes:
    """The beginning of the file in an encoding that agrees with ASCII, without its byte order mark."""
    mark = next((mark for mark in BOMS if body.startswith(mark)), b"")
    head = body[len(mark) : len(mark) + HEAD_BYTES]
    if len(mark) == 2:  # UTF-16
        name = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
        return head.decode(name, "replace").encode("utf-8", "replace")
    return head


def _past_comments(text: bytes) -> int:
    found = COMMENTS.match(text)
    return found.end() if found else 0
