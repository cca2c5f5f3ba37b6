"""Other people's sites on loopback: real HTTP with entity tags, redirects, slow, endless and broken answers."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.serving import OnLoopback


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one path answers. etag: also answers 304. drip_seconds: pause after each byte. is_cut: ends too early.

    raw: sent instead of all that, as it stands, and the connection closed.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    etag: str | None = None
    drip_seconds: float = 0
    is_cut: bool = False
    raw: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as it came in; headers with names in lower case; at: monotonic seconds."""

    path: str
    headers: Mapping[str, str]
    at: float


class Website(OnLoopback):
    """A server on a free loopback port; `answers` may be changed while it runs."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        server = _Server(("127.0.0.1", 0), _Handler)
        server.site = self
        super().__init__(server)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://{self.host}"

    def page(self, path: str, text: str, *, etag: str | None = None) -> None:
        """Answer a path with an HTML page."""
        self.answers[path] = Answer(body=text.encode(), etag=etag)

    def asked(self, path: str) -> list[Seen]:
        """All requests of one path."""
        return [seen for seen in self.seen if seen.path == path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Website


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site, path = self.server.site, urlsplit(self.path).path
        headers = {name.lower(): value for name, value in self.headers.items()}
        site.seen.append(Seen(path=path, headers=headers, at=time.monotonic()))
        answer = site.answers.get(path, Answer(status=404, body=b"nothing here"))
        if answer.etag and headers.get("if-none-match") == answer.etag:
            answer = Answer(status=304, etag=answer.etag, headers={})
        if answer.raw is None:
            self._send(answer)
        else:
            self.wfile.write(answer.raw)
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.send_header("Content-Length", str(len(answer.body) + (100 if answer.is_cut else 0)))
        self.end_headers()
        try:
            self._write(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough, as it should

    def _write(self, answer: Answer) -> None:
        if answer.drip_seconds:
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.drip_seconds)
        else:
            self.wfile.write(answer.body)
        self.close_connection = self.close_connection or answer.is_cut

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""
