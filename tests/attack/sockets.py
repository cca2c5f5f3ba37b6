"""Lines 13, 17, 18 and 19: those who take their time: half-open connections, a page that drips, pages that grow."""

import contextlib
import gzip
import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests.attack.deployment import COMMAND, Deployment, site_channel
from tests.attack.hostile_site import answer, hostile_site
from tests.attack.tries import Try, report

HALF_OPEN, READER_SECONDS = 150, 5.0
FETCH_SECONDS, DRIP_SECONDS = 3, 0.2
PUSH_SECONDS = 25.0  # the limit of the fetch, the start of Python and the model's import on a busy machine


def attack(folder: Path) -> Iterator[Try]:
    """Readers beside half-open connections; pushed pages that never end."""
    deployment = Deployment(folder, fetch_seconds=str(FETCH_SECONDS))
    deployment.add_editors()
    with deployment.serving() as address:
        for start in (
            "",
            "GET / HTTP/1.1\r\nHost: x",
            "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nabc",
        ):
            yield _beside_half_open(address, start)
    yield from _dripping(folder)


def _beside_half_open(address: str, start: str) -> Try:
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 0
    what = f"{HALF_OPEN} connections that sent {start.splitlines()[0] if start else 'nothing'!r}"
    with contextlib.ExitStack() as stack:
        for _ in range(HALF_OPEN):
            opened = stack.enter_context(socket.create_connection((host, port), timeout=5))
            opened.sendall(start.encode())
        began = time.monotonic()
        try:
            status = requests.get(f"{address}/robots.txt", timeout=READER_SECONDS).status_code
        except requests.RequestException as error:
            return Try(part="19", kind="half-open connections", what=what, held=False, saw=type(error).__name__)
    held = status == 200
    saw = "" if held else f"answer {status} after {time.monotonic() - began:.1f} s"
    return Try(part="19", kind="half-open connections", what=what, held=held, saw=saw)


def _dripping(folder: Path) -> Iterator[Try]:
    heads = {
        "HTTP/1.1 with a length": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999999\r\n\r\n",
        "Connection: close": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n",
        "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "after the end of gzip": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        + _ended_gzip(),
        "inside the headers": b"HTTP/1.1 200 OK\r\nX-Slow: ",
    }
    with hostile_site() as site, _Dripper() as dripper:
        hosts = json.dumps([site.host, dripper.host])
        deployment = Deployment(folder / "push", private_hosts=hosts, fetch_seconds=str(FETCH_SECONDS))
        deployment.folder.parent.mkdir(exist_ok=True)
        deployment.add_editors()
        site.answers["/list.html"] = answer(b"x")
        deployment.whitelist([site_channel("drip", site.host) | {"hosts": [site.host, dripper.host]}])
        for what, head in heads.items():
            dripper.head = head
            yield _push(deployment, f"http://{dripper.host}/slow.html", what)


def _push(deployment: Deployment, url: str, what: str) -> Try:
    command = [*COMMAND, "push", url, "--channel", "drip"]
    try:
        subprocess.run(command, env=deployment.environment, capture_output=True, timeout=PUSH_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        saw = f"still read after {PUSH_SECONDS:.0f} s at a limit of {FETCH_SECONDS} s"
        return Try(part="13", kind="pages that drip", what=what, held=False, saw=saw)
    return Try(part="13", kind="pages that drip", what=what, held=True)


def _ended_gzip() -> bytes:
    return gzip.compress(b"<p>done</p>")


class _Dripper:
    """Sends a head, then one byte at a time for as long as anybody reads."""

    def __init__(self) -> None:
        self.head = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._open = True

    def __enter__(self) -> "_Dripper":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._drip(connection)

    def _drip(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.recv(4096)
            connection.sendall(self.head)
            while self._open:
                connection.sendall(b"a")
                time.sleep(DRIP_SECONDS)


if __name__ == "__main__":
    report(attack)
