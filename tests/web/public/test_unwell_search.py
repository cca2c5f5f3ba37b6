"""What each public page says while its Meilisearch hangs, refuses, answers nonsense, forgot its index, or is older.

The table of docs/operate.md, “When Meilisearch is unwell”, says the same.
"""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask.testing import FlaskClient

from indexer.search.meilisearch.breaker import Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import SearchReader
from tests.serving import served
from tests.simulators.meilisearch import MeilisearchSimulator

PAGES = (
    "/",
    "/search?q=月球",
    "/search?topic=it",
    "/suggest?q=月球",
    "/feed.atom?q=月球",
    "/api/items?q=月球",
    "/sign-in",
)
RESTS = {"/": 200, "/search?q=月球": 503, "/search?topic=it": 200, "/suggest?q=月球": 200} | {
    "/feed.atom?q=月球": 503,
    "/api/items?q=月球": 503,
    "/sign-in": 200,
}
EMPTY = dict.fromkeys(PAGES, 200)
SAID: Mapping[str, tuple[Mapping[str, int], str]] = {
    "hangs": (RESTS, "现在不能按词查找"),
    "refuses": (RESTS, "现在不能按词查找"),
    "answers nonsense": (RESTS, "现在不能按词查找"),
    "answers another JSON": (RESTS, "现在不能按词查找"),
    "refuses the key": (RESTS, "现在不能按词查找"),
    "fails inside": (RESTS, "现在不能按词查找"),
    "forgot its index": (EMPTY, "找到 0 条"),
    "is older": (EMPTY, "找到 0 条"),
}


class _Nonsense(BaseHTTPRequestHandler):
    body = b"<html>It works!</html>"

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test speaks."""


class _OtherJson(_Nonsense):
    body = json.dumps({"results": [{"hits": "none"}]}).encode()


def address(kind: str, opened: ExitStack) -> str:
    """Start a server of this kind; gives its address."""
    if kind in ("hangs", "refuses"):
        server = socket.create_server(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        opened.callback(server.close)
        if kind == "refuses":
            server.close()
        return place
    if kind in ("answers nonsense", "answers another JSON"):
        handler = _Nonsense if kind == "answers nonsense" else _OtherJson
        http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        opened.enter_context(served(http))
        return f"http://127.0.0.1:{http.server_port}"
    simulator = MeilisearchSimulator(master="a" * 20 if kind == "refuses the key" else "", version="1.15.0")
    simulator.server.down = kind == "fails inside"
    return opened.enter_context(simulator)


@pytest.fixture(params=list(SAID))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def index(kind: str) -> Iterator[SearchReader]:
    with ExitStack() as opened:
        seconds: int = 0.2 if kind == "hangs" else 2  # type: ignore[assignment]  # the package hands it on
        yield Breaker(MeilisearchIndex(address(kind, opened), "key", seconds=seconds))


def test_every_page_answers_and_the_search_says_that_it_rests(client: FlaskClient, kind: str) -> None:
    statuses, words = SAID[kind]

    answers = {page: client.get(page) for page in statuses}

    assert {page: answer.status_code for page, answer in answers.items()} == statuses
    assert words in answers["/search?q=月球"].text
