"""The commands that are tried with everything an operator can mis-set."""

import socket
from collections.abc import Callable

Refusal = Callable[..., str]  # of the words after `carnival`, to the one line on stderr

READS = (
    ("status",),
    ("units", "list"),
    ("units", "suspend", "x", "--why", "y"),
    ("users", "list"),
    ("users", "unlock", "x"),
    ("index", "check"),
    ("index", "publish"),
    ("reindex",),
    ("push", "http://a.example/1", "--channel", "x"),
    ("crawl", "--channel", "x"),
)
MAKES = (
    ("web", "--port", "0"),
    ("crawl",),
    ("users", "add", "x", "--role", "editor", "--password-stdin"),
    ("units", "import", "list.yaml", "--yes"),
)
UP = ("up", "--no-demo", "--port", "0")  # starts processes of its own, so it is not tried with everything
LONG_RUNNING = (("web", "--port", "0"), UP, ("crawl",), ("crawl", "--once"))
CHECKS = ("units", "check")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
