"""The server behind `carnival web`: waitress, with room for readers while others only hold connections open.

Waitress reads requests in one loop and hands a thread only what has come whole, so a half-open connection costs a
place and no thread. But it stops listening where all places are taken, and looks for idle connections twice a minute.
Here a place is made at once: of the address that holds most connections without a whole request, the oldest is closed.
"""

import copy
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import structlog
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.wasyncore import loop

THREADS = 4  # tests/benchmarks/web_servers.py: 8 serve no more and make each reader wait longer
PLACES = 500  # connections at once; each is one open file of the 1,024 that a process usually may have
REQUEST_SECONDS = 20  # for a request to come whole, from the opening of the connection or the answer before
UPLOAD_SECONDS = 300  # the same, of a request to an address that takes more
IDLE_SECONDS = 30  # without a byte in either direction
BODY_BYTES = 2 * 1024 * 1024  # above what the application takes, so that its page says what was too large
log = structlog.get_logger()

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
NOTHING: Mapping[str, int] = MappingProxyType({})


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """A request that is read; to a few addresses it may be larger than to all others."""

    adj: Any
    is_upload = False

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and with it how much may follow. Raises ParsingError."""
        super().parse_header(header_plus)
        most = getattr(self.adj, "uploads", NOTHING).get(self.path)
        if most is not None and self.command == "POST":
            self.is_upload, self.adj = True, copy.copy(self.adj)
            self.adj.max_request_body_size = most


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """A connection that knows since when a whole request is waited for."""

    parser_class = Parser
    waiting_since = 0.0

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  (handed on as they came)
        self.waiting_since = time.monotonic()
        super().__init__(*args, **named)

    def service(self) -> None:
        """Answer the requests that have come, then wait anew."""
        super().service()
        self.waiting_since = time.monotonic()

    @property
    def waits(self) -> bool:
        """Whether nothing is being answered here: no request has come whole, and no answer is on its way."""
        return not self.requests and not self.total_outbufs_len and not self.will_close

    @property
    def patience(self) -> int:
        """How many seconds a request may take to come whole."""
        return UPLOAD_SECONDS if self.request is not None and self.request.is_upload else REQUEST_SECONDS

    @property
    def client(self) -> str:
        """The address at the other end."""
        return str(self.addr[0])


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket that always accepts."""

    channel_class = Connection

    def handle_accept(self) -> None:
        """Accept a connection; where all places are taken, give up one that only waits."""
        super().handle_accept()
        if len(self.active_channels) > PLACES:
            self.make_place()

    def make_place(self) -> None:
        """Close the oldest waiting connection of the address that has most of them."""
        waiting = [one for one in self.active_channels.values() if one.waits]
        if not waiting:
            return  # everyone is being answered; the limit on open connections holds
        ((crowded, held),) = Counter(one.client for one in waiting).most_common(1)
        oldest = min((one for one in waiting if one.client == crowded), key=lambda one: one.waiting_since)
        oldest.will_close = True  # closed by the loop: a file number must not come back while events wait for it
        log.debug("connection_given_up", address=crowded, held=held)

    def maintenance(self, now: float) -> None:
        """Close what is idle, and what takes too long to send its request however often a byte of it comes."""
        super().maintenance(now)
        present = time.monotonic()
        for channel in self.active_channels.values():
            if channel.waits and channel.waiting_since < present - channel.patience:
                channel.will_close = True


class Listening:
    """An address that is listened on: `run` answers until `close` is called, from whatever thread."""

    def __init__(self, application: Wsgi, *, host: str, port: int, uploads: Mapping[str, int] = NOTHING) -> None:
        """Take the address. Raises OSError where that is not possible.

        port: 0 for any that is free.
        uploads: paths that take more than others, and how many bytes.
        """
        self.settings = _adjustments(host, port)
        self.settings.uploads = uploads
        self.sockets: dict[int, Any] = {}
        self.dispatcher = ThreadedTaskDispatcher()
        self.servers = [
            Server(application, self.sockets, dispatcher=self.dispatcher, adj=self.settings, sockinfo=socket_info)
            for socket_info in self.settings.listen
        ]

    @property
    def port(self) -> int:
        """The port of the first socket."""
        return int(self.servers[0].effective_port)

    def run(self) -> None:
        """Answer requests until closed, or until the process is told to end."""
        self.dispatcher.set_thread_count(self.settings.threads)
        try:
            loop(timeout=self.settings.asyncore_loop_timeout, map=self.sockets, use_poll=True)
        except (SystemExit, KeyboardInterrupt):
            pass
        finally:
            self.dispatcher.shutdown()

    def close(self) -> None:
        """Let the loop close every connection and socket: it ends where there is none left."""
        self.servers[0].trigger.pull_trigger(self._close_all)

    def _close_all(self) -> None:
        for one in list(self.sockets.values()):
            # A connection closes with it the files that it has not sent to their end.
            one.handle_close() if isinstance(one, Connection) else one.close()
        self.sockets.clear()


def _adjustments(host: str, port: int) -> Adjustments:
    return Adjustments(
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        connection_limit=PLACES + 100,  # the listening sockets and the trigger have places too
        asyncore_use_poll=True,  # select() knows no file number above 1,023
        cleanup_interval=2,
        channel_timeout=IDLE_SECONDS,
        max_request_body_size=BODY_BYTES,
        clear_untrusted_proxy_headers=False,  # web.app.addresses reads them, from as many proxies as are trusted
    )
