"""One exchange of bytes with a server, held to a time and to a size whatever the server does."""

import socket
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import urllib3

CHUNK_BYTES = 64 * 1024
GZIP_START = b"\x1f\x8b"
CUT_SHORT = "网页没有传完。请稍后再试"
EITHER, BARE = 47, -15  # zlib's window bits: gzip or zlib, told by the header; deflate without one

T = TypeVar("T")


class FetchRefused(Exception):
    """An address that is not fetched, or did not answer within the limits; the text says why and what to do."""


class HostSilent(FetchRefused):
    """Nobody answered: no such name, no connection, or no end within the time."""


class NeverFetched(FetchRefused):
    """What no later try changes: no address at all, one that leads inwards, redirects that lead nowhere."""


class TooLong(FetchRefused):
    """More bytes than are taken."""


class Wire:
    """The connections of one fetch, held by handles of our own: TLS takes over the socket that it is given."""

    def __init__(self) -> None:
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_cut = False

    def hold(self, opened: socket.socket) -> socket.socket:
        """Keep a handle for `cut` and return the socket. Raises OSError where the wire was cut meanwhile."""
        with self._lock:
            if self._is_cut:
                opened.close()
                raise TimeoutError("the time was over before the connection stood")
            self._handles.append(opened.dup())
        return opened

    def cut(self) -> None:
        """End every exchange: whoever waits on one of the connections wakes up, in the middle of a handshake too."""
        with self._lock:
            self._is_cut = True
            for each in self._handles:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # closed already: nobody waits on it

    def close(self) -> None:
        """Give all handles back; called by the thread that uses the connections."""
        with self._lock:
            for each in self._handles:
                each.close()


def within(seconds: float, work: Callable[[Wire], T]) -> T:
    """Return what `work` returns, or cut its wire after `seconds` and raise FetchRefused.

    It runs in a thread of its own, so that the time holds for the look-up of a name and for the handshake too, which
    nothing can interrupt: a socket's timeout starts anew with every byte that drips in.
    """
    wire, done = Wire(), Future[T]()

    def run() -> None:
        try:
            done.set_result(work(wire))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits, which raises it
            done.set_exception(error)
        finally:
            wire.close()

    worker = threading.Thread(target=run, daemon=True, name="fetch")
    worker.start()
    worker.join(seconds)
    if not done.done():
        wire.cut()
        raise HostSilent(f"超过 {seconds:g} 秒还没有读完。请检查网站是否太慢")
    return done.result()


def read_body(response: urllib3.BaseHTTPResponse, limit: int) -> bytes:
    """Return the body, unpacked where the server packed it unasked; at most `limit` bytes, packed and unpacked.

    What follows the end of a packed body is not waited for. Raises FetchRefused.
    """
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    body, packed = bytearray(), 0
    while chunk := _next_chunk(response):
        packed += len(chunk)
        body += unpack(chunk, limit + 1) if unpack else chunk
        if max(len(body), packed) > limit:
            raise TooLong(f"网页超过 {limit} 字节的上限。请给出单篇文章的网址")
        if unpack and unpack.is_complete:
            return bytes(body)
    if packed and unpack and not unpack.is_complete:
        raise FetchRefused(CUT_SHORT)
    return bytes(body)


def _next_chunk(response: urllib3.BaseHTTPResponse) -> bytes:
    """What came by now; urllib3 would unpack it without saying where the packed body ends. Raises FetchRefused."""
    try:
        return response.read1(CHUNK_BYTES, decode_content=False)
    except urllib3.exceptions.ProtocolError as error:  # bytes that were promised and did not come
        raise FetchRefused(CUT_SHORT) from error


class _Unpacker:
    """gzip of one or more members, or deflate with or without the header that it should have."""

    def __init__(self, *, may_lack_header: bool) -> None:
        self._stream = zlib.decompressobj(EITHER)
        self._may_lack_header = may_lack_header

    @property
    def is_complete(self) -> bool:
        return self._stream.eof

    def __call__(self, chunk: bytes, most: int) -> bytes:
        unpacked = bytearray()
        try:
            unpacked += self._next(chunk, most)
            while self._stream.eof and self._stream.unused_data.startswith(GZIP_START) and len(unpacked) < most:
                rest, self._stream = self._stream.unused_data, zlib.decompressobj(EITHER)
                unpacked += self._stream.decompress(rest, most)
        except zlib.error as error:
            raise FetchRefused("网页的压缩内容损坏。请稍后再试") from error
        return bytes(unpacked)

    def _next(self, chunk: bytes, most: int) -> bytes:
        may_lack_header, self._may_lack_header = self._may_lack_header, False
        try:
            return self._stream.decompress(chunk, most)
        except zlib.error:
            if not may_lack_header:
                raise
            self._stream = zlib.decompressobj(BARE)
            return self._stream.decompress(chunk, most)


def _unpacker(encoding: str) -> _Unpacker | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return _Unpacker(may_lack_header=encoding.strip().lower() == "deflate")
        case other:
            raise FetchRefused(f"网页用了采集器没有要求的压缩方式（{other[:40]}）。请检查网站的设置")
