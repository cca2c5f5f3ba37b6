"""crawler.wire: the time and the size of one fetch hold whatever the server does."""

import gzip
import socket
import threading
import zlib

import pytest

from config.settings import Settings
from crawler.guard import FetchRefused, fetch
from crawler.wire import Wire, within
from tests.simulators.raw_server import RawServer

PAGE = b"<p>a page</p>"
DRIPS = [b"x"] * 80  # eight seconds of them, far beyond the second that a fetch may take
CLOSE = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n"


def fetched(server: RawServer, settings: Settings, *, scheme: str = "http") -> bytes:
    """The body that one guarded GET brings."""
    reachable = settings.model_copy(update={"private_hosts": (server.host,)})
    return fetch(f"{scheme}://{server.host}/a", reachable).body


@pytest.mark.parametrize(
    ("start", "drip"),
    [
        (CLOSE + b"\r\n", b"x"),
        (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"),
        (CLOSE + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (CLOSE + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:10], b"\0\0\0\xff\xff"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"HTTP/1.1 ", b"2"),
        (b"", b""),
    ],
    ids=["close", "1.0", "1.0 length", "chunked", "gzip", "header", "status", "silence"],
)
def test_a_server_that_drips_is_cut_after_the_time_limit(settings: Settings, start: bytes, drip: bytes) -> None:
    with RawServer([start], drips=[drip] * 80) as server:
        with pytest.raises(FetchRefused, match="超过 1 秒"):
            fetched(server, settings)

        assert server.dripped < 80  # it was cut, not read to its end


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_follows_the_end_of_a_packed_page_is_not_waited_for(settings: Settings, encoding: str) -> None:
    packed = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    head = CLOSE + f"Content-Encoding: {encoding}\r\n\r\n".encode()

    with RawServer([head + packed], drips=DRIPS) as server:
        assert fetched(server, settings) == PAGE


def test_a_handshake_that_drips_is_cut_after_the_time_limit(settings: Settings) -> None:
    hello = [b"\x16\x03\x03\x40\x00\x02"]  # a TLS record of 16 KiB begins, and comes a byte at a time

    with RawServer(hello, drips=DRIPS) as server:  # noqa: SIM117 - the server must be up first
        with pytest.raises(FetchRefused, match="超过 1 秒"):
            fetched(server, settings, scheme="https")


def test_a_name_that_nobody_resolves_is_given_up_after_the_time_limit(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def slow(*_args: object, **_more: object) -> list[object]:
        answered.wait(8)
        raise socket.gaierror(socket.EAI_AGAIN, "nobody answered")

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    with pytest.raises(FetchRefused, match="超过 1 秒"):
        fetch("http://slow.example.com/", settings)
    answered.set()


@pytest.mark.parametrize("parts", [1, 3])
def test_a_packed_page_of_several_members_is_read_whole(settings: Settings, parts: int) -> None:
    packed = b"".join(gzip.compress(PAGE) for _ in range(parts))

    with RawServer([CLOSE + b"Content-Encoding: gzip\r\n\r\n" + packed]) as server:
        assert fetched(server, settings) == PAGE * parts


def test_deflate_is_read_without_the_header_that_it_should_have(settings: Settings) -> None:
    packer = zlib.compressobj(wbits=-15)

    with RawServer([CLOSE + b"Content-Encoding: deflate\r\n\r\n" + packer.compress(PAGE) + packer.flush()]) as server:
        assert fetched(server, settings) == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", b"\x1f\x8b\x08\x00broken, and more of it", "损坏"),
        ("deflate", b"\xff\xff\xff\xff", "损坏"),
        ("gzip", gzip.compress(PAGE * 50)[:-10], "没有传完"),
        ("br", b"\x0b\x02\x80", "没有要求的压缩方式"),
        ("gzip", gzip.compress(b"")[:10] + b"\0\0\0\xff\xff" * 30_000, "字节的上限"),
    ],
    ids=["gzip", "deflate", "cut", "brotli", "much of nothing"],
)
def test_a_packed_page_that_cannot_be_unpacked_is_refused(
    settings: Settings, encoding: str, body: bytes, words: str
) -> None:
    with RawServer([CLOSE + f"Content-Encoding: {encoding}\r\n\r\n".encode() + body]) as server:  # noqa: SIM117
        with pytest.raises(FetchRefused, match=words):
            fetched(server, settings)


def test_what_the_work_raises_reaches_who_asked() -> None:
    def work(wire: Wire) -> None:
        raise KeyError("odd")

    with pytest.raises(KeyError, match="odd"):
        within(5.0, work)
    assert within(5.0, lambda wire: 7) == 7
