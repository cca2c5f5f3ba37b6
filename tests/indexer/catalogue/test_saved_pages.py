"""indexer.catalogue.saved_pages: what a file is, by its bytes; unpacked no further than the limit."""

import gzip
import zipfile
from io import BytesIO

import pytest

from indexer.catalogue.saved_pages import HTML, MEMBERS, MHTML, WORDS, NotAPage, PageProblem, saved_page, shown_size

LIMIT = 100_000
P = PageProblem
PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body><p>text</p></body></html>"
ARCHIVE = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.example/1\r\nSubject: =?utf-8?Q?=E6=9C=88?=\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n----x\r\n'
)


def problem_of(raw: bytes, limit: int = LIMIT) -> PageProblem:
    with pytest.raises(NotAPage) as refused:
        saved_page(raw, limit=limit)
    return refused.value.problem


def zipped(name: str, body: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, body)
    return file.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        b"\xef\xbb\xbf" + PAGE,
        b"\xef\xbb\xbf\xef\xbb\xbf" + PAGE,
        b"\r\n\r\n  " + PAGE,
        PAGE.lower(),
        PAGE.upper(),
        b"<html>",
        b"<p>one paragraph</p>",
        b"<!-- saved from url=(0022)http://a.example/1.html -->\n" + PAGE,
        b"<!-- " + b"licence " * 5_000 + b"-->" + PAGE,
        b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">',
        "﻿<!DOCTYPE html><title>月球</title>".encode("utf-16-le"),
        "﻿<html><title>月球</title>".encode("utf-16-be"),
        "<html><title>月球</title>".encode("gbk"),
        "警告：模板缺失\n<!DOCTYPE html><html>".encode(),
    ],
)
def test_a_page_is_told_by_its_beginning(body: bytes) -> None:
    page = saved_page(body, limit=LIMIT)

    assert (page.type, page.body) == (HTML, body)


@pytest.mark.parametrize("body", [ARCHIVE, b"\r\n" + ARCHIVE, ARCHIVE.replace(b"\r\n", b"\n"), ARCHIVE.upper()])
def test_an_archive_of_a_page_is_told_by_its_head(body: bytes) -> None:
    assert saved_page(body, limit=LIMIT).type == MHTML


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", P.EMPTY),
        (b" \r\n\t", P.EMPTY),
        (b"%PDF-1.7\n<html>", P.DOCUMENT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", P.DOCUMENT),
        (zipped("page.html", PAGE), P.ARCHIVE),
        (b"Rar!\x1a\x07", P.ARCHIVE),
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), P.ARCHIVE),
        (b"bplist00\xd1", P.WEB_ARCHIVE),
        (b"\x89PNG\r\n\x1a\n<html>", P.PICTURE),
        (b"GIF89a<html><script>", P.PICTURE),
        (b"<svg xmlns='x'><script>", P.FEED),
        (b"<?xml version='1.0'?><rss><channel>", P.FEED),
        (b"<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", P.FEED),
        (b"<urlset>", P.FEED),
        (b"just words", P.NO_PAGE),
        (b'{"html": "x"}', P.NO_PAGE),
        (b"\0\0\0\x18ftypmp42", P.NO_PAGE),
        (b"<html>\0\0", P.NO_PAGE),
        (b"Subject: a letter\r\nContent-Type: text/plain\r\n\r\ntext", P.NO_PAGE),
        (b"MZ\x90\0<html>", P.NO_PAGE),
    ],
)
def test_anything_else_is_refused_by_what_it_is(body: bytes, problem: PageProblem) -> None:
    assert problem_of(body) is problem


def test_what_is_packed_is_unpacked() -> None:
    assert saved_page(gzip.compress(PAGE), limit=LIMIT).body == PAGE
    assert saved_page(gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]), limit=LIMIT).body == PAGE


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PAGE, mtime=0)[:-9],
        gzip.compress(PAGE, mtime=0)[:30],
        b"\x1f\x8b",
        b"\x1f\x8bjunk" * 9,
        b"\x1f\x8b\x08" + b"\0" * 99,
    ],
)
def test_what_is_packed_and_broken_is_refused(body: bytes) -> None:
    assert problem_of(body) in (P.BROKEN_PACKING, P.EMPTY)


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    assert problem_of(gzip.compress(b"<html>" + b" " * 50_000_000)) is P.UNPACKED_TOO_LARGE


def test_a_file_of_very_many_packed_parts_is_not_unpacked() -> None:
    empty = gzip.compress(b"", mtime=0)

    assert saved_page(empty * (MEMBERS - 1) + gzip.compress(PAGE), limit=LIMIT).body == PAGE
    assert problem_of(empty * MEMBERS + gzip.compress(PAGE)) is P.MANY_MEMBERS


def test_what_is_too_large_is_not_looked_at() -> None:
    assert problem_of(b"x" * (LIMIT + 1)) is P.TOO_LARGE
    assert saved_page(PAGE.ljust(LIMIT), limit=LIMIT).type == HTML


def test_every_problem_has_words_that_say_what_to_do() -> None:
    assert set(WORDS) == set(P)
    assert [words for words in WORDS.values() if "。请" not in words] == []


@pytest.mark.parametrize(("size", "words"), [(8 * 1024 * 1024, "8 MB"), (1_500_000, "1.43 MB"), (2048, "2 KB")])
def test_a_size_is_written_as_people_read_it(size: int, words: str) -> None:
    assert shown_size(size) == words
