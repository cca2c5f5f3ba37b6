"""A server on loopback that says exactly these bytes, in these pieces: what no well-behaved HTTP library would send."""

import socket
import threading
from collections.abc import Iterable, Sequence
from types import TracebackType

PAUSE_SECONDS = 0.1
REQUEST_BYTES = 65536


class RawServer:
    """Answers every connection with `pieces`, a pause after each; drips: bytes sent after them, one a pause.

    Ends by itself: `drips` is finite, and leaving the context stops the pauses. dripped: how many were sent.
    """

    def __init__(self, pieces: Sequence[bytes], *, drips: Iterable[bytes] = (), waits_for_request: bool = True) -> None:
        self.pieces, self.drips, self.waits_for_request = pieces, tuple(drips), waits_for_request
        self.requests: list[bytes] = []
        self.dripped = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._stop = threading.Event()

    @property
    def host(self) -> str:
        """`127.0.0.1:port`."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> "RawServer":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._socket.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                if self.waits_for_request:
                    self.requests.append(connection.recv(REQUEST_BYTES))
                for piece in self.pieces:
                    connection.sendall(piece)
                for drip in self.drips:
                    if self._stop.wait(PAUSE_SECONDS):
                        return
                    connection.sendall(drip)
                    self.dripped += 1
            except OSError:
                return  # the client had enough, as it should
