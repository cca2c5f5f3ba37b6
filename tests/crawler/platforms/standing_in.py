"""A small stand-in for api.weixin.qq.com: tokens that are repeated, answers by path, and what was asked of it."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.serving import OnLoopback

APPID, SECRET = "wx00000000000000ab", "0123456789abcdef0123456789abcdef"
TOKEN_PATH, LIST_PATH = "/cgi-bin/stable_token", "/cgi-bin/freepublish/batchget"
ARTICLE_PATH, TOTALS_PATH = "/cgi-bin/freepublish/getarticle", "/datacube/getarticletotaldetail"
REFUSED = {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Called:
    """One request. token: of its query; asked: its body."""

    path: str
    query: str
    host: str
    token: str
    asked: Json


class StandIn(OnLoopback):
    """Answers while it is entered. said: what comes next for a path, once each; then what `answers` holds.

    valid: the token that is taken. lasts: seconds that a token is said to last. before_token: called while a token is
    being fetched.
    """

    def __init__(self) -> None:
        self.called: list[Called] = []
        self.said: dict[str, list[Json]] = defaultdict(list)
        self.answers: dict[str, Callable[[Json], Json]] = {}
        self.valid, self.lasts = "token-1", 7200
        self.before_token: Callable[[], None] = lambda: None
        self.lock = threading.Lock()
        server = _Server(("127.0.0.1", 0), _Handler)
        server.stand_in = self
        super().__init__(server)

    def asked(self, path: str) -> list[Called]:
        """The requests of one path."""
        return [one for one in self.called if one.path == path]

    def answer(self, called: Called) -> Json:
        """What is said to a request."""
        with self.lock:
            self.called.append(called)
            if self.said[called.path]:
                return self.said[called.path].pop(0)
        if called.path == TOKEN_PATH:
            self.before_token()
            if (called.asked["appid"], called.asked["secret"]) != (APPID, SECRET):
                return {"errcode": 40125, "errmsg": "invalid appsecret rid: 67b81456-00000000-00000000"}
            return {"access_token": self.valid, "expires_in": self.lasts}
        if called.token != self.valid:
            return REFUSED
        said = self.answers.get(called.path)
        return said(called.asked) if said else {"errcode": 43002, "errmsg": "require POST method"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: StandIn


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        called = Called(
            path=parts.path,
            query=parts.query,
            host=self.headers.get("Host", ""),
            token=parse_qs(parts.query).get("access_token", [""])[0],
            asked=json.loads(raw or b"{}"),
        )
        body = json.dumps(self.server.stand_in.answer(called), ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; encoding=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""
