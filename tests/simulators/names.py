"""Names whose addresses change from one look-up to the next: DNS as an attacker serves it."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from unittest.mock import patch

PUBLIC, HERE = "93.184.215.14", "127.0.0.1"
CHANGING: tuple[tuple[str, ...], ...] = ((HERE,), (PUBLIC, HERE))  # one look-up after the other


@contextmanager
def changing_names(names: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[None]:
    """Answer look-ups of these names in turn from their lists of addresses, all others as before."""
    turns = {name: cycle(answers) for name, answers in names.items()}
    look_up = socket.getaddrinfo

    def answered(host: str | bytes | None, port: str | int | None, *args: int, **named: int) -> Sequence[object]:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name not in turns:
            return look_up(host, port, *args, **named)
        return [entry for address in next(turns[name]) for entry in look_up(address, port, type=socket.SOCK_STREAM)]

    with patch("socket.getaddrinfo", answered):
        yield
