"""The demo's web server: twelve made-up units on one loopback port, a path each."""

import hashlib
import http.client
from dataclasses import dataclass
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from crawler.demo.campaign import HOST, Form, outlets
from crawler.demo.feeds import feed_of
from crawler.demo.pages import list_of, page_of
from crawler.demo.pictures import draw

HTML = "text/html"
ANSWER_SECONDS = 5
ROBOTS = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one path answers."""

    body: bytes
    media_type: str

    @property
    def etag(self) -> str:
        """Changes with the body alone."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class Simulator(ThreadingHTTPServer):
    """One loopback server; origin: its address as the pages write it."""

    daemon_threads = True

    @property
    def origin(self) -> str:
        """`http://host:port`."""
        return f"http://{HOST}:{self.server_port}"


def is_running(port: int) -> bool:
    """Tell whether the demo's simulator, and no other server, answers on that port of the loopback address."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("HEAD", "/")
        return (connection.getresponse().getheader("Server") or "").startswith(Handler.server_version)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def serve(port: int) -> Simulator:
    """Return a server that listens on the loopback address; the caller runs `serve_forever`."""
    return Simulator((HOST, port), Handler)


@cache
def documents(origin: str) -> dict[str, Document]:
    """Return all pages and feeds by path; origin: `http://host:port` as the pages write it."""
    found = {"/": _html(_front(), "utf-8"), "/robots.txt": Document(body=ROBOTS.encode(), media_type="text/plain")}
    for outlet in outlets().values():
        for article in outlet.articles:
            found[outlet.path_of(article)] = _html(page_of(outlet, article, origin), outlet.encoding)
        found[outlet.prefix] = _html(list_of(outlet), outlet.encoding)
        if outlet.form not in {Form.SITE, Form.WECHAT}:
            name, media_type, text = feed_of(outlet, origin)
            found[outlet.prefix + name] = Document(body=text.encode(), media_type=f"{media_type}; charset=utf-8")
    return found


def find(path: str, origin: str) -> Document | None:
    """Return what a path answers; None where there is nothing."""
    folder, _, name = path.strip("/").partition("/")
    if folder == "pictures" and name.endswith(".jpg"):
        return Document(body=draw(unquote(name.removesuffix(".jpg"))), media_type="image/jpeg")
    if folder == "films" and name in _films():
        return Document(body=_films()[name], media_type="video/webm")
    return documents(origin).get(path)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, with entity tags."""

    server: Simulator
    protocol_version = "HTTP/1.1"
    server_version = "CarnivalDemo"

    def do_GET(self) -> None:
        """Answer with the document of the path, 304 where the caller has it, or 404."""
        found = find(urlsplit(self.path).path, self.server.origin)
        if found is None:
            self._answer(404, Document(body="没有这个网页".encode(), media_type="text/plain; charset=utf-8"))
        elif self.headers.get("If-None-Match") == found.etag:
            self._answer(304, Document(body=b"", media_type=found.media_type), etag=found.etag)
        else:
            self._answer(200, found, etag=found.etag)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the crawler's own log says what was read."""

    def _answer(self, status: int, document: Document, *, etag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", document.media_type)
        self.send_header("Content-Length", str(len(document.body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(document.body)


def _html(text: str, encoding: str) -> Document:
    return Document(body=text.encode(encoding), media_type=f"{HTML}; charset={encoding}")


def _front() -> str:
    links = "".join(f'<li><a href="{each.prefix}">{escape(each.title)}</a></li>' for each in outlets().values())
    head = '<meta charset="utf-8"><title>演示单位</title>'
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body><ul>{links}</ul></body></html>'


@cache
def _films() -> dict[str, bytes]:
    folder = files("crawler.demo") / "content"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".webm")}
