"""HTTP as the simulators speak it: a request in, an answer out; slow, endless and broken ones among them."""

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.serving import OnLoopback

HTML = "text/html; charset=utf-8"
ENDLESS_CHUNK = b"<p>more</p>" * 6000
MOST_CHUNKS = 2000  # 130 MB: an end for a caller that has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; query and form: first value of each name; headers: names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> Mapping[str, str]:
        """The body, and for a GET the query, as a form."""
        return _firsts(self.body.decode("utf-8", "replace")) or self.query

    def json(self) -> dict[str, Any]:
        """The body. Raises ValueError where it is no JSON object."""
        found = json.loads(self.body or b"")
        if not isinstance(found, dict):
            raise ValueError("no object")  # noqa: TRY004 - as where it is no JSON
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered. drip_seconds: pause after each byte. is_endless: the body never ends by itself."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": HTML})
    drip_seconds: float = 0
    is_endless: bool = False


Answering = Callable[[Request], Reply]


def page(text: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a page of HTML."""
    return Reply(body=text.encode(), status=status, headers={"Content-Type": HTML, **(headers or {})})


def document(title: str, body: str) -> str:
    """Return a whole page of HTML; title: as text, body: as HTML."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'


def as_json(data: object, *, status: int = 200) -> Reply:
    """Return JSON, as the platforms write it: Chinese as it stands."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return Reply(body=body, status=status, headers={"Content-Type": "application/json; charset=UTF-8"})


def moved(to: str, *, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": to})


NOTHING = page("<p>404</p>", status=404)


class Service(OnLoopback):
    """A server on loopback that answers by a function; port 0: a free one."""

    def __init__(self, answer: Answering, *, port: int = 0, host: str = "127.0.0.1") -> None:
        server = _Server((host, port), _Handler)
        server.answer = answer
        super().__init__(server)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    answer: Answering

    def handle_error(self, request: object, client_address: object) -> None:
        """Print what is our own fault; whoever went away had enough, as it should."""
        if not isinstance(sys.exception(), (BrokenPipeError, ConnectionResetError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "CarnivalSimulator"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or "0")
        request = Request(
            method=self.command,
            path=parts.path,
            query=_firsts(parts.query),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        self._send(self.server.answer(request))

    do_POST = do_HEAD = do_GET

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.is_endless:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        try:
            for piece in _pieces(reply) if self.command != "HEAD" else ():
                self.wfile.write(piece)
                if reply.drip_seconds:
                    self.wfile.flush()
                    time.sleep(reply.drip_seconds)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller had enough, as it should

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def _pieces(reply: Reply) -> Iterator[bytes]:
    if reply.is_endless:
        yield from itertools.chain([reply.body], itertools.repeat(ENDLESS_CHUNK, MOST_CHUNKS))
    elif reply.drip_seconds:
        yield from (bytes([byte]) for byte in reply.body)
    else:
        yield reply.body


def _firsts(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
