"""Readers who search one site at a steady rate, whether or not it keeps up.

    python -m tests.benchmarks.searching.steady PORT SECONDS RATE < addresses, one a line

Prints one line of JSON. A process of its own, so that its work is not that of the server. An answer's time begins when
its request was due: what waits for a slow answer before it is slow as well.
"""

import http.client
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

CONNECTIONS, TIMEOUT_SECONDS = 16, 60.0


@dataclass(kw_only=True)
class Steady:
    """errors: answers that were no page. times: seconds from when each request was due, sorted."""

    errors: int = 0
    times: list[float] = field(default_factory=list)


def ask(port: int, addresses: Sequence[str], *, seconds: float, rate: float) -> Steady:
    """Ask for the addresses in turn, so many a second."""
    start, count = time.perf_counter() + 1 / rate, int(seconds * rate)

    def one(number: int) -> tuple[bool, float]:
        due = start + number / rate
        time.sleep(max(due - time.perf_counter(), 0.0))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        connection.request("GET", addresses[number % len(addresses)])
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status == http.client.OK, time.perf_counter() - due

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answers = list(pool.map(one, range(count)))
    return Steady(errors=sum(not is_page for is_page, _ in answers), times=sorted(took for _, took in answers))


def main() -> None:
    """Ask as the arguments say."""
    port, seconds, rate = sys.argv[1:]
    asked = ask(int(port), sys.stdin.read().split(), seconds=float(seconds), rate=float(rate))
    print(json.dumps(asdict(asked)))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
