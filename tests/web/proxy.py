"""A small proxy on loopback that sets the headers which the nginx example of docs/operate.md sets."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.serving import served

OPERATE = Path(__file__).parents[2] / "docs" / "operate.md"
SECONDS = 10
SET = re.compile(r"^\s*proxy_set_header (\S+) (\S+);$", re.MULTILINE)


def example() -> str:
    """Return the nginx example."""
    found = re.search(r"```nginx\n(.*?)```", OPERATE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def rules() -> Mapping[str, str]:
    """Return the headers that the example sets, and to what."""
    return dict(SET.findall(example()))


@contextmanager
def proxying(port: int, *, scheme: str) -> Iterator[int]:
    """Stand before a server on loopback as the example's nginx would that is reached by `scheme`; give its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.hand_on()

        def do_POST(self) -> None:
            self.hand_on()

        def hand_on(self) -> None:
            before = self.headers.get("X-Forwarded-For")
            values = {
                "$http_host": self.headers["Host"],
                "$proxy_add_x_forwarded_for": ", ".join(filter(None, [before, self.client_address[0]])),
                "$scheme": scheme,
            }
            replaced = {name: values[value] for name, value in rules().items()}
            kept = {name: value for name, value in self.headers.items() if name.title() not in replaced}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            upstream = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
            upstream.request(self.command, self.path, body, kept | replaced | {"Connection": "close"})
            answer = upstream.getresponse()
            self.send_response_only(answer.status)
            sent = answer.read()
            heads = [
                (name, value)
                for name, value in answer.getheaders()
                if name.title() not in {"Connection", "Content-Length"}
            ]
            for name, value in [*heads, ("Content-Length", str(len(sent))), ("Connection", "close")]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)
            upstream.close()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with served(server):
        yield server.server_port
