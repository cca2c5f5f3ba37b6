"""Meilisearch servers that are unwell, each in a way of its own, and what docs/operate.md says of them."""

import json
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.simulators.meilisearch import MeilisearchSimulator
from tests.simulators.raw_server import RawServer

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


HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
DRIPS = 600  # bytes, ten a second: longer than anybody waits


def _whole(status: bytes, body: bytes) -> bytes:
    return HEAD % (status, len(body)) + body


# What is answered to whatever is asked, and how many bytes come after it, one by one.
RAW: Mapping[str, tuple[Sequence[bytes], int]] = {
    "sends a byte at a time": ([HEAD % (b"200 OK", DRIPS)], DRIPS),
    "sends its headers so": ([b"HTTP/1.1 200 OK\r\nX-Long: "], DRIPS),
    "hangs up": ([], 0),
    "breaks off": ([HEAD % (b"200 OK", 1000) + b'{"results": ['], 0),
    "is asked too often": ([_whole(b"429 Too Many Requests", b'{"message": "slow down", "code": "too_many"}')], 0),
    "is away behind a proxy": ([_whole(b"502 Bad Gateway", b"<html><h1>Bad Gateway</h1></html>")], 0),
    "answers nonsense": ([_whole(b"200 OK", b"<html>It works!</html>")], 0),
    "answers another JSON": ([_whole(b"200 OK", json.dumps({"results": [{"hits": "none"}]}).encode())], 0),
    "answers a list": ([_whole(b"200 OK", b"[1, null]")], 0),
}


def address(kind: str, opened: ExitStack) -> str:
    """Start a server of this kind; gives its address. Raises KeyError for a kind that nobody knows."""
    if kind in ("hangs", "refuses connections"):
        server = socket.create_server(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        opened.callback(server.close)
        if kind == "refuses connections":
            server.close()
        return place
    if kind in RAW:
        pieces, drips = RAW[kind]
        return f"http://{opened.enter_context(RawServer(pieces, drips=[b' '] * drips)).host}"
    master, version, down = {
        "refuses the key": ("a" * 20, OLD, False),
        "fails inside": ("", OLD, True),
        "forgot its index": ("", "1.50.0", False),
        "never ends a task": ("", "1.50.0", False),
        "is older than 1.46": ("", OLD, False),
    }[kind]
    simulator = MeilisearchSimulator(master=master, version=version)
    simulator.server.down, simulator.server.is_stuck = down, kind == "never ends a task"
    return opened.enter_context(simulator)
