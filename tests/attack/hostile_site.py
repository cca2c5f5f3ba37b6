"""A site on loopback that answers exactly the bytes it is given: no HTTP library sends answers so broken."""

import contextlib
import socket
import threading
from collections.abc import Iterator

HEAD_BYTES, READ_SECONDS = 64 * 1024, 5.0


class HostileSite:
    """`answers`: path → whole answer as bytes; `otherwise`: of every other path. `asked`: the targets of all requests
    so far, as they were sent."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.otherwise = answer(b"nothing here", status="404 Not Found")
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.origin = f"http://{self.host}"

    def page(self, path: str, html: str) -> None:
        """Answer a path with an ordinary page."""
        self.answers[path] = answer(html.encode())

    def redirect(self, path: str, location: bytes) -> None:
        """Answer a path with a redirect whose Location is these bytes."""
        self.answers[path] = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"

    def listing(self, path: str, links: dict[str, str]) -> None:
        """Answer a path with a list page: address → title."""
        rows = "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in links.items())
        self.page(path, f"<html><body><ul class=news>{rows}</ul></body></html>")

    def close(self) -> None:
        """Stop."""
        self._listener.close()

    def serve(self) -> None:
        """Answer until closed, each connection in a thread of its own and once."""
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(READ_SECONDS)
            head = b""
            while b"\r\n\r\n" not in head and len(head) < HEAD_BYTES and (some := connection.recv(4096)):
                head += some
            words = head.split(b" ", 2)
            target = words[1].decode("latin-1") if len(words) > 1 else ""
            self.asked.append(target)
            connection.sendall(self.answers.get(target.partition("?")[0], self.otherwise))


def answer(body: bytes, *, status: str = "200 OK", headers: str = "", kind: str = "text/html; charset=utf-8") -> bytes:
    """Return a whole answer. headers: further lines, each ended by CR LF."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n"
    return head.encode("latin-1") + b"\r\n" + body


def article(title: str, *, more: str = "") -> str:
    """Return an ordinary article's page."""
    words = f"{title}：这是一篇写给攻击测试的科普文章，讲的是{title}的来历和用处。" * 6
    return (
        f'<html><head><title>{title}</title><meta name="PubDate" content="2026-09-16 09:00"></head><body>'
        f"<h1>{title}</h1><div class=article><p>{words}</p>{more}<p>最后一段：{title}到这里就讲完了。</p></div>"
        "</body></html>"
    )


@contextlib.contextmanager
def hostile_site() -> Iterator[HostileSite]:
    """Run a site in a thread."""
    site = HostileSite()
    threading.Thread(target=site.serve, daemon=True).start()
    try:
        yield site
    finally:
        site.close()
