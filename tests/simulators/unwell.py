"""Meilisearch servers that are unwell, each in a way of its own, and what docs/operate.md says of them."""

import json
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.serving import served
from tests.simulators.meilisearch import MeilisearchSimulator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operate.md"
HEADING = "| the server |"
OLD = "1.15.0"


def said() -> Mapping[str, Sequence[int]]:
    """Return the numbers of each row of the table, by the kind of server; of a cell its first."""
    return dict(_rows(PAGE.read_text(encoding="utf-8").split(HEADING, 1)[1]))


def _rows(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    for line in text.split("\n\n", 1)[0].splitlines()[2:]:
        kind, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        yield kind, [int(found[0]) for cell in cells[:-1] if (found := re.match(r"\d+", cell))]


class _Nonsense(BaseHTTPRequestHandler):
    body = b"<html>It works!</html>"

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_DELETE = do_PATCH = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test speaks."""


class _OtherJson(_Nonsense):
    body = json.dumps({"results": [{"hits": "none"}]}).encode()


def address(kind: str, opened: ExitStack) -> str:
    """Start a server of this kind; gives its address. Raises KeyError for a kind that nobody knows."""
    if kind in ("hangs", "refuses connections"):
        server = socket.create_server(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        opened.callback(server.close)
        if kind == "refuses connections":
            server.close()
        return place
    if kind.startswith("answers"):
        handler = {"answers nonsense": _Nonsense, "answers another JSON": _OtherJson}[kind]
        http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        opened.enter_context(served(http))
        return f"http://127.0.0.1:{http.server_port}"
    master, version, down = {
        "refuses the key": ("a" * 20, OLD, False),
        "fails inside": ("", OLD, True),
        "forgot its index": ("", "1.50.0", False),
        "is older than 1.46": ("", OLD, False),
    }[kind]
    simulator = MeilisearchSimulator(master=master, version=version)
    simulator.server.down = down
    return opened.enter_context(simulator)
