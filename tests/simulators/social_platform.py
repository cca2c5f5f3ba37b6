"""A platform's API on loopback, in the shapes that WeChat's has: errors in answers of 200, a quota, a credential."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.serving import OnLoopback

TOKEN = "token-of-the-trial"
LIST_PATH, ARTICLE_PATH = "/cgi-bin/freepublish/batchget", "/cgi-bin/freepublish/getarticle"
EXPIRED = {"errcode": 42001, "errmsg": "access_token expired"}
INVALID = {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
EMPTY: Mapping[str, Any] = {"total_count": 0, "item_count": 0, "item": []}


@dataclass(frozen=True, kw_only=True)
class Called:
    """One request as it came in; headers with names in lower case."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes


@dataclass(kw_only=True)
class Said:
    """What the platform answers to a path, if the token is right. location: of a redirect."""

    json: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    location: str = ""


class Platform(OnLoopback):
    """A server on a free loopback port; `answers` may be changed while it runs, `called` says what came in."""

    def __init__(self) -> None:
        self.answers: dict[str, Said] = {}
        self.called: list[Called] = []
        server = _Server(("127.0.0.1", 0), _Handler)
        server.platform = self
        super().__init__(server)

    def publish(self, *articles: Mapping[str, Any]) -> None:
        """List these articles, each with `article_id`, `title`, `content` (HTML), `url`."""
        rows = [{"article_id": each["article_id"], "url": each["url"], "update_time": 1789000000} for each in articles]
        self.answers[LIST_PATH] = Said(json={"total_count": len(rows), "item_count": len(rows), "item": rows})
        for each in articles:
            news = {"title": each["title"], "content": each["content"], "url": each["url"], "is_deleted": False}
            self.answers[f"{ARTICLE_PATH}#{each['article_id']}"] = Said(json={"news_item": [news]})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    platform: Platform


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = parse_qs(parts.query)
        self.server.platform.called.append(
            Called(method=self.command, path=parts.path, query=query, headers=headers, body=body)
        )
        asked = json.loads(body or b"{}")
        said = self._said(parts.path, str(asked.get("article_id", "")))
        is_known = TOKEN in (query.get("access_token", [""])[0], asked.get("access_token"), headers.get("x-token"))
        self._send(said if is_known else Said(json=INVALID))

    do_GET = do_POST

    def _said(self, path: str, article: str) -> Said:
        answers = self.server.platform.answers
        return answers.get(f"{path}#{article}") or answers.get(path) or Said(status=404)

    def _send(self, said: Said) -> None:
        body = json.dumps(said.json, ensure_ascii=False).encode() if said.json else b""
        self.send_response(said.status)
        if said.location:
            self.send_header("Location", said.location)
        self.send_header("Content-Type", "application/json; encoding=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""
