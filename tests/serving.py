"""A server of this process, in a thread of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from types import TracebackType
from typing import Self

from flask import Flask

from web.app.bodies import uploads
from web.app.server import Listening


@contextmanager
def served(server: HTTPServer) -> Iterator[None]:
    """Answer requests until the end of the block; after it the port is free again."""
    # Daemon: a test that is stopped must not leave a process that waits for it.
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def site_of(app: Flask) -> Iterator[str]:
    """Serve an application as `carnival web` does, on a free port of loopback, and give its address."""
    listening = Listening(app, host="127.0.0.1", port=0, uploads=uploads(app))
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.port}"
    finally:
        listening.close()
        thread.join()


class OnLoopback:
    """A stand-in for somebody else's server, which answers while it is entered."""

    def __init__(self, server: HTTPServer) -> None:
        self._server, self._served = server, served(server)

    @property
    def host(self) -> str:
        """`127.0.0.1:port`."""
        return f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._served.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._served.__exit__(kind, error, trace)
