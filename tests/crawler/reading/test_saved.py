"""crawler.reading.saved: a saved page is read by the channel's own source, out of its archive where it lies in one."""

import pytest

from crawler.exchange import Answer
from crawler.reading.pushing import PUSHED
from crawler.reading.saved import BROKEN, read_saved
from indexer.catalogue.items import Candidate
from indexer.catalogue.saved_pages import HTML, MHTML
from indexer.whitelist.records import Channel

TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。" * 2
PAGE = f"<html><head><title>蜻蜓怎样飞</title></head><body><article><h1>蜻蜓怎样飞</h1><p>{TEXT}</p></article>"
HEAD = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'


def answer(body: bytes, kind: str) -> Answer:
    url = "http://a.example/1.html"
    return Answer(url=url, body=body, headers={"content-type": kind}, about={**PUSHED, "url": url})


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_saved_page_becomes_a_candidate(channel: Channel, charset: str, packed: bool) -> None:
    body, kind = PAGE.encode(charset), HTML
    if packed:
        head = f"{HEAD}Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        body, kind = head.encode() + body + b"\r\n--x--\r\n", MHTML

    reading = read_saved(channel, answer(body, kind))

    (found,) = reading.found
    assert isinstance(found, Candidate)
    assert (found.title, found.url) == ("蜻蜓怎样飞", "http://a.example/1.html")
    assert "急转弯" in found.text


def test_a_broken_archive_says_what_to_do(channel: Channel) -> None:
    reading = read_saved(channel, answer(HEAD.encode(), MHTML))

    assert (reading.found, reading.unreadable, reading.fault) == ((), BROKEN, "")
