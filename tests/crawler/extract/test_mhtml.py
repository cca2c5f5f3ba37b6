"""crawler.extract.mhtml: the page inside of what a browser saved as one file."""

import base64
import quopri
import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from crawler.extract.mhtml import DEPTH, PARTS, NoArchive, page_of

HTML = "<!DOCTYPE html><html><body><p>月球的夜晚长达十四个地球日。</p><p>a=b</p></body></html>"
HEAD = b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="----x"\r\n\r\n'


def archive(*parts: bytes, head: bytes = HEAD, end: bytes = b"------x--\r\n") -> bytes:
    return head + b"".join(b"------x\r\n" + part + b"\r\n" for part in parts) + end


def part(body: bytes, *, kind: str = "text/html", encoding: str = "binary", more: str = "") -> bytes:
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n".encode() + body


def quoted(text: str, charset: str = "utf-8") -> bytes:
    return quopri.encodestring(text.encode(charset)).replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "made",
    [
        part(quoted(HTML), kind='text/html; charset="utf-8"', encoding="quoted-printable"),
        part(base64.encodebytes(HTML.encode()), kind="text/html; charset=utf-8", encoding="base64"),
        part(HTML.encode(), kind="text/html; charset=utf-8", encoding="8bit"),
        part(HTML.encode(), kind="TEXT/HTML; CHARSET=UTF-8", encoding="Binary"),
        part(
            HTML.encode(), kind="application/xhtml+xml; charset=utf-8", more="Content-Location: http://a.example/\r\n"
        ),
    ],
)
@pytest.mark.parametrize("line", [b"\r\n", b"\n"])
def test_the_page_is_decoded_as_its_part_says(made: bytes, line: bytes) -> None:
    picture = part(b"iVBORw0KGgo=", kind="image/png", encoding="base64")

    body, kind = page_of(archive(picture, made, part(b"<p>frame</p>")).replace(b"\r\n", line))

    assert body.decode().strip() == HTML
    assert kind == "text/html; charset=utf-8"


def test_what_the_standard_library_writes_is_read() -> None:
    message = EmailMessage(policy=SMTP)
    message.set_content(HTML, subtype="html", charset="gb2312", cte="quoted-printable")
    message.make_related()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")

    body, kind = page_of(bytes(message))

    assert body.decode("gb2312").strip() == HTML
    assert kind == "text/html; charset=gb2312"


def test_parts_within_a_part_are_looked_through() -> None:
    head = b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n'
    inner = head + part(HTML.encode()) + b"\r\n--in--\r\n"

    assert page_of(archive(inner))[0].decode().strip() == HTML


def test_an_archive_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    assert page_of(archive(part(HTML.encode()), end=b""))[0].decode().strip() == HTML


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        HEAD,
        b"Content-Type: text/html\r\n\r\n<p>",
        b"Content-Type: multipart/related\r\n\r\n--x",
        archive(),
        archive(part(b"x", kind="image/png")),
        archive(b"Content-Type: text/html"),
        archive(part(b"a===", encoding="base64")),
        archive(b"x" * 70_000 + b"\r\n\r\n<p>"),
        archive(*[part(b"x", kind="text/css")] * (PARTS + 1), part(HTML.encode())),
        HEAD.replace(b'"----x"', b'""') + b"--\r\n",
    ],
)
def test_what_holds_no_page_is_refused(raw: bytes) -> None:
    with pytest.raises(NoArchive):
        page_of(raw)


def test_parts_are_not_looked_into_for_ever() -> None:
    nested = part(HTML.encode())
    for number in range(DEPTH + 2):
        line = f"n{number}".encode()
        nested = b"Content-Type: multipart/mixed; boundary=" + line + b"\r\n\r\n--" + line + b"\r\n" + nested
        nested += b"\r\n--" + line + b"--\r\n"

    with pytest.raises(NoArchive):
        page_of(archive(nested))


@pytest.mark.parametrize(
    "body",
    [
        b"------x\r\n" * 500_000,
        b"--" * 2_000_000,
        b"\r\n--" * 1_000_000,
        b"------x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n" * 60_000,
        b"------x\r\n" + b"A: " + b" b;" * 1_000_000 + b"\r\n\r\n",
    ],
)
def test_no_archive_takes_long(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(NoArchive):
        page_of(HEAD + body)

    assert time.process_time() - began < 2
