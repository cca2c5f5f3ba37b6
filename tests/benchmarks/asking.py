"""A few readers who ask one site for pages, one after the other, as fast as they are answered; for `pages.py`.

    python -m tests.benchmarks.asking PORT SECONDS CONNECTIONS < addresses, one a line

Prints one line of JSON. A process of its own, so that its work is not that of the server or of another tree.
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count

TIMEOUT_SECONDS = 60.0
ENTRY = b"<entry>"


@dataclass(kw_only=True)
class Asked:
    """What was answered. seconds: from the first question to the last answer. entries: of feeds."""

    requests: int = 0
    errors: int = 0
    entries: int = 0
    size: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)


def ask(port: int, addresses: Sequence[str], *, seconds: float, connections: int) -> Asked:
    """Ask for the addresses in turn over so many connections, for so long."""
    asked, turn, lock = Asked(), count(), threading.Lock()
    start = time.perf_counter()

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        for status, body, took in _answers(connection, addresses, turn, until=start + seconds):
            with lock:
                asked.requests += 1
                asked.errors += status != http.client.OK
                asked.entries += body.count(ENTRY)
                asked.size += len(body)
                asked.times.append(took)
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(connections)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    asked.seconds = time.perf_counter() - start
    return asked


def _answers(
    connection: http.client.HTTPConnection, addresses: Sequence[str], turn: Iterator[int], *, until: float
) -> Iterator[tuple[int, bytes, float]]:
    while (began := time.perf_counter()) < until:
        connection.request("GET", addresses[next(turn) % len(addresses)])
        answer = connection.getresponse()
        body = answer.read()
        yield answer.status, body, time.perf_counter() - began


def main() -> None:
    """Ask as the arguments say."""
    port, seconds, connections = sys.argv[1:]
    addresses = sys.stdin.read().split()
    asked = ask(int(port), addresses, seconds=float(seconds), connections=int(connections))
    print(json.dumps(asdict(asked)))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
