"""A fast server on many loopback addresses, in a process of its own, and how many requests a second it answers.

    python -m tests.benchmarks.crawling.loopback HOSTS < JSON: path → file of its bytes

Prints its port, then answers until its standard input is closed. `/list/…` is a list page with an entity tag, which is
answered 304 to whoever names it; a path of the table is answered with its file's bytes, whatever its query; all else is
404, robots.txt among it.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ETAG = '"as-before"'
END = b"\r\n\r\n"
ROOT = Path(__file__).resolve().parents[3]
Answers = Mapping[str, tuple[str, bytes]]  # path → Content-Type, body


def addresses(hosts: int) -> list[str]:
    """Return so many loopback addresses, each a host of its own."""
    return [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loopback:
    """The running server: the same pages on each of `hosts`, as `address:port`."""

    hosts: Sequence[str]


@contextmanager
def answering(files: Mapping[str, Path], *, hosts: int) -> Iterator[Loopback]:
    """Run the server with these pages until the end of the block. Raises RuntimeError where it does not start."""
    command = [sys.executable, "-m", "tests.benchmarks.crawling.loopback", str(hosts)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({path: str(file) for path, file in files.items()}) + "\n")
        process.stdin.flush()
        port = process.stdout.readline().strip()
        if not port.isdecimal():
            raise RuntimeError("the server on loopback did not start")
        yield Loopback(hosts=[f"{address}:{port}" for address in addresses(hosts)])
        process.stdin.close()


class Answering(asyncio.Protocol):
    """HTTP/1.1 with connections kept open, and no more of it than the two spiders use: requests without a body."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.left = answers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        *whole, self.left = (self.left + data).split(END)
        for request in whole:
            self.transport.write(answer_to(request.decode("latin-1"), self.answers))


def answer_to(request: str, answers: Answers) -> bytes:
    """Return the bytes that answer a request, given as its lines."""
    path = request.partition(" ")[2].partition(" ")[0].partition("?")[0]
    if path.startswith("/list/") and f"\r\nif-none-match: {ETAG}" in request.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}{END.decode()}".encode()
    if (found := answers.get(path)) is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0" + END
    kind, body = found
    tag = f"\r\nETag: {ETAG}" if path.startswith("/list/") else ""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}{tag}".encode() + END + body


def rate(host: str, path: str, *, connections: int, seconds: float) -> float:
    """Return how many conditional requests a second the server answers to a client that does nothing else."""
    return asyncio.run(_rate(host, path, connections=connections, seconds=seconds))


async def _rate(host: str, path: str, *, connections: int, seconds: float) -> float:
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: {ETAG}{END.decode()}".encode()
    address, _, port = host.partition(":")
    until = time.perf_counter() + seconds

    async def ask() -> int:
        reader, writer = await asyncio.open_connection(address, int(port))
        answered = 0
        while time.perf_counter() < until:
            writer.write(request)
            await reader.readuntil(END)
            answered += 1
        writer.close()
        return answered

    return sum(await asyncio.gather(*(ask() for _ in range(connections)))) / seconds


async def serve(answers: Answers, hosts: int) -> None:
    """Answer on all addresses until standard input ends."""
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: Answering(answers), "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    if others := addresses(hosts)[1:]:
        await loop.create_server(lambda: Answering(answers), others, port, backlog=1000)
    print(port, flush=True)  # noqa: T201 - the answer
    await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    """Serve what standard input names."""
    files: dict[str, str] = json.loads(sys.stdin.readline())
    read = {file: Path(file).read_bytes() for file in files.values()}
    kinds = {".jpg": "image/jpeg", ".txt": "text/plain"}
    answers = {path: (kinds.get(Path(file).suffix, "text/html"), read[file]) for path, file in files.items()}
    asyncio.run(serve(answers, int(sys.argv[1])))


if __name__ == "__main__":
    main()
