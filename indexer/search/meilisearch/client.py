"""The client of a Meilisearch server in which every request has an end, however slowly the answer comes.

The limit of the packages below counts from one byte to the next: of a server, or what stands before it, that sends a
byte a second no answer would ever end.
"""

import io
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import Any

import meilisearch
import requests
from meilisearch._httprequests import HttpRequests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError

MOST_BYTES = 200_000_000  # of one answer: the largest tells of all copies of a large catalogue
LEAST_SECONDS = 0.001  # what a socket takes for waiting; 0 means not to wait at all
_until: ContextVar[float] = ContextVar("until")  # time.monotonic() when the request of this thread ends


def open_client(url: str, key: str | None, *, seconds: float, until: float | None = None) -> Any:  # noqa: ANN401  # untyped
    """Return a client for one thread: the headers of a request lie in a field of it. It asks nothing yet.

    seconds: that a request takes at most, its answer included. until: when all requests together end, by
    time.monotonic().
    """
    return _Client(url, key, seconds=seconds, until=until)


class _Client(meilisearch.Client):
    def __init__(self, url: str, key: str | None, *, seconds: float, until: float | None) -> None:
        super().__init__(url, key)
        self.http = self.task_handler.http = _Requests(self.config, seconds=seconds, until=until)

    def index(self, uid: str) -> Any:  # noqa: ANN401
        made = super().index(uid)
        made.http = made.task_handler.http = self.http
        return made


class _Requests(HttpRequests):
    def __init__(self, config: Any, *, seconds: float, until: float | None) -> None:  # noqa: ANN401
        super().__init__(config)
        self._seconds, self._ends = seconds, until

    def send_request(self, http_method: Any, path: str, *args: Any, **named: Any) -> Any:  # noqa: ANN401
        """Send it by a connection of its own. Raises what the package raises; where it takes too long, of a timeout."""
        now = time.monotonic()
        until = min(now + self._seconds, self._ends or now + self._seconds)
        # To connect, and for the first byte; the package says whole seconds, and hands on what it is given.
        self.config.timeout = max(until - now, LEAST_SECONDS)  # type: ignore[assignment]
        before = _until.set(until)
        try:
            with requests.Session() as session:
                for scheme in ("http://", "https://"):
                    session.mount(scheme, _Adapter())
                return super().send_request(getattr(session, http_method.__name__), path, *args, **named)
        finally:
            _until.reset(before)


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  # as requests has it
        super().init_poolmanager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class _Connection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = _Ending(self.sock, _until.get())

    def _new_conn(self) -> socket.socket:
        return _connected(super()._new_conn, self, self._dns_host)


class _SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = _Ending(self.sock, _until.get())

    def _new_conn(self) -> socket.socket:
        return _connected(super()._new_conn, self, self._dns_host)


def _connected(connect: Callable[[], socket.socket], connection: HTTPConnection, host: str) -> socket.socket:
    """Return what `connect` does in time. A name is looked up without any limit, then each of its addresses tried."""
    if is_address(host):
        return connect()
    made: Future[socket.socket] = Future()
    # Daemon: a name server that is silent keeps no process from ending.
    threading.Thread(target=_connect, args=(connect, made), name="connecting", daemon=True).start()
    try:
        return made.result(timeout=left_until(_until.get()))
    except TimeoutError as late:
        made.add_done_callback(_close)
        raise ConnectTimeoutError(connection, f"{host} was not found or reached in time") from late


def _connect(connect: Callable[[], socket.socket], made: "Future[socket.socket]") -> None:
    try:
        made.set_result(connect())
    except (OSError, HTTPError) as failed:
        made.set_exception(failed)


def _close(late: "Future[socket.socket]") -> None:
    if late.exception() is None:
        late.result().close()


def is_address(host: str) -> bool:
    """Tell whether a host is given by its number, so that nobody has to be asked for it."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Ending:
    """A socket on which nothing is sent or read after a moment."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a socket has
        return getattr(self._sock, name)

    def sendall(self, data: Any) -> None:  # noqa: ANN401  # bytes of any kind
        self._sock.settimeout(left_until(self._until))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Answer(self._sock, self._until))


class _Answer(io.RawIOBase):
    """What a server answers, until a moment, and not without end."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until, self._bytes = sock, until, 0
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401
        self._sock.settimeout(left_until(self._until))
        read = self._raw.readinto(buffer)
        self._bytes += read or 0
        if self._bytes > MOST_BYTES:
            raise OSError(f"an answer of more than {MOST_BYTES} bytes")
        return int(read) if read is not None else None

    def close(self) -> None:
        self._raw.close()
        super().close()


def left_until(until: float) -> float:
    """Return the seconds that are left. Raises TimeoutError where none are."""
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError("timed out")
    return left
