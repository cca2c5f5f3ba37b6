"""A small stand-in for api.weibo.com: one code that can be exchanged once, one token, and what was asked of it."""

import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.crawler.platforms.weibo.invented import UID, status
from tests.serving import OnLoopback

KEY, SECRET, CODE, TOKEN = "2345678901", "0123456789abcdef0123456789abcdef", "c0de5678c0de5678", "2.00TokenOfTheTrial"
RETURN_TO = "http://127.0.0.1:5000/unit/connect/weibo/return"
SECONDS = 157679999
TOKEN_PATH, USER_PATH, LIST_PATH = "/oauth2/access_token", "/2/users/show.json", "/2/statuses/user_timeline.json"


@dataclass(frozen=True, kw_only=True)
class Called:
    """One request; fields: of its query and of its form."""

    path: str
    host: str
    token: str
    fields: dict[str, str]


class WeiboStandIn(OnLoopback):
    """Answers while it is entered. refuses: the error that every call gets; user: whose account it is."""

    def __init__(self) -> None:
        self.called: list[Called] = []
        self.refuses: dict[str, Any] = {}
        self.user, self.name, self.codes = UID, "示例科技馆", {CODE}
        self.statuses: list[dict[str, Any]] = [status()]
        server = _Server(("127.0.0.1", 0), _Handler)
        server.stand_in = self
        super().__init__(server)

    def asked(self, path: str) -> list[Called]:
        """The requests of one path."""
        return [one for one in self.called if one.path == path]

    def answer(self, called: Called) -> tuple[int, dict[str, Any]]:
        """What is said to a request."""
        self.called.append(called)
        if self.refuses:
            return 403, self.refuses
        if called.path == TOKEN_PATH:
            return self._exchanged(called.fields)
        if called.token != TOKEN:
            return 403, {"error": "invalid_access_token", "error_code": 21332, "request": called.path}
        if called.path == USER_PATH:
            return 200, {"id": int(self.user), "idstr": self.user, "screen_name": self.name}
        return 200, {"statuses": self.statuses, "total_number": len(self.statuses)}

    def _exchanged(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if (fields.get("client_id"), fields.get("client_secret")) != (KEY, SECRET):
            return 400, {"error": "invalid_client", "error_code": 21324, "request": TOKEN_PATH}
        if fields.get("redirect_uri") != RETURN_TO:
            return 400, {"error": "redirect_uri_mismatch", "error_code": 21322, "request": TOKEN_PATH}
        if fields.get("code") not in self.codes:
            return 400, {"error": "invalid_grant", "error_code": 21325, "request": TOKEN_PATH}
        self.codes.remove(fields["code"])
        return 200, {"access_token": TOKEN, "expires_in": SECONDS, "remind_in": str(SECONDS), "uid": self.user}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: WeiboStandIn


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        form = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        fields = {name: values[0] for name, values in (parse_qs(parts.query) | parse_qs(form)).items()}
        head = self.headers.get("Authorization", "").removeprefix("OAuth2 ")
        token = fields.get("access_token") or head
        called = Called(path=parts.path, host=self.headers.get("Host", ""), token=token, fields=fields)
        code, said = self.server.stand_in.answer(called)
        body = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""
