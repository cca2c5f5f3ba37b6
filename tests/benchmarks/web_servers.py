"""Measured: requests a second, slowest 5 % and memory of the WSGI servers that could carry the site.

A small bounded load on loopback: 8 keep-alive connections, a few seconds for each page. Load and server share the
machine's cores, so the figures compare servers; they do not say what a machine of its own would serve.
Ends with one line of figures; exits 1 where waitress, which `carnival web` runs, falls below FLOOR on any page.
"""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import click
from flask import Flask
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from indexer.base.times import now
from indexer.catalogue.items import Candidate, CleanHtml, Item
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.search.factory import open_index
from indexer.search.publish import publish
from indexer.understanding.results import Facet, Tag
from tests.benchmarks import hall
from tests.operators import NOW, OPERATOR
from web.app.factory import create_app
from web.app.limits import limiter

ITEMS, CONNECTIONS, SECONDS, WAIT_SECONDS = 300, 8, 4.0, 30.0
FLOOR = 15.0  # requests a second: a page that is slower than this is felt by its readers
PORT = 8791
BIN = Path(sys.executable).parent
TARGET = "tests.benchmarks.web_servers:application"
SERVERS: Mapping[str, Sequence[str]] = {
    "waitress 4 threads": ["waitress-serve", f"--listen=127.0.0.1:{PORT}", "--threads=4", "--call", TARGET],
    "waitress 8 threads": ["waitress-serve", f"--listen=127.0.0.1:{PORT}", "--threads=8", "--call", TARGET],
    "gunicorn 1x8 threads": ["gunicorn", f"--bind=127.0.0.1:{PORT}", "--threads=8", f"{TARGET}()"],
    "gunicorn 2x4 threads": ["gunicorn", f"--bind=127.0.0.1:{PORT}", "--workers=2", "--threads=4", f"{TARGET}()"],
    "granian 1x8 threads": [
        "granian",
        "--interface=wsgi",
        "--factory",
        f"--port={PORT}",
        "--blocking-threads=8",
        TARGET,
    ],
}
TEXT = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠，天亮以后再醒来。"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one page of one server gave."""

    rate: float
    slow_ms: float
    errors: int


def application() -> Flask:
    """Return the site over the folder in CARNIVAL_DATA_FOLDER, without the limits that would refuse the load."""
    limiter.enabled = False
    return create_app(Settings())


def fill(folder: Path) -> Item:
    """Put ITEMS approved items of made-up text there; return one of them."""
    settings = Settings(data_folder=folder)
    database, index, moment = Database.open(settings.records_url), open_index(settings), now()
    hall.whitelist(database)
    editor = people.add_account(database, "编辑甲", "示例口令-只用于测试", by=OPERATOR, now=NOW, role=Role.EDITOR)
    tags = (Tag(facet=Facet.TOPIC, id="it", score=0.9), Tag(facet=Facet.DISTRICT, id="haidian", score=1.0))
    made: list[Item] = []
    for number in range(ITEMS):
        body = f"第{number}讲。{TEXT * 20}"
        candidate = Candidate(
            channel=hall.CHANNEL.id,
            url=f"http://a.example/{number}.html",
            title=f"月球车如何过夜 第{number}讲",
            text=body,
            html=CleanHtml(f"<p>{body}</p>"),
        )
        item = hall.understood_item(database, candidate, tags=tags, at=moment - timedelta(minutes=number))
        made.append(item)
        hall.approve(database, item, who=editor, at=moment)
    while publish(database, index, now=moment):
        pass
    database.close()
    return made[-1]


def load(path: str) -> Figure:
    """Ask for one page over CONNECTIONS connections for SECONDS."""
    times: list[float] = []
    errors: list[int] = []
    end = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=WAIT_SECONDS)
        while (start := time.monotonic()) < end:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            times.append(time.monotonic() - start)
            if answer.status != 200:
                errors.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slow = sorted(times)[int(len(times) * 0.95)] if times else float("inf")
    return Figure(rate=len(times) / SECONDS, slow_ms=slow * 1000, errors=len(errors))


def memory_mb(pid: int) -> float:
    """Return the proportional memory of a process and its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return own + sum(memory_mb(int(child)) for child in children)


def wait_until_up() -> None:
    """Return when the server answers. Raises TimeoutError."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=WAIT_SECONDS)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"nothing answers on port {PORT}")


def measure(command: Sequence[str], folder: Path, pages: Mapping[str, str]) -> tuple[dict[str, Figure], float]:
    """Return the figures of each page, and the memory after all of them in MB."""
    environment = os.environ | {"CARNIVAL_DATA_FOLDER": str(folder), "PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_up()
        for path in pages.values():  # every thread has opened what it needs
            load_once(path)
        figures = {name: load(path) for name, path in pages.items()}
        return figures, memory_mb(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=WAIT_SECONDS)


def load_once(path: str) -> None:
    """Ask for a page a few times, not measured."""
    for _ in range(CONNECTIONS):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=WAIT_SECONDS)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()


def main() -> int:
    """Print the table and the line of figures."""
    with tempfile.TemporaryDirectory() as name:
        item = fill(Path(name))
        pages = {"home": "/", "search": f"/search?q={quote('月球')}", "item": f"/items/{item.id}"}
        results = {
            server: measure(command, Path(name), pages)
            for server, command in SERVERS.items()
            if shutil.which(BIN / command[0])
        }
    table = Table("server", *(f"{page}/s (p95 ms)" for page in pages), "errors", "MB")
    for server, (figures, memory) in results.items():
        cells = [f"{figure.rate:.0f} ({figure.slow_ms:.0f})" for figure in figures.values()]
        table.add_row(server, *cells, str(sum(figure.errors for figure in figures.values())), f"{memory:.0f}")
    Console().print(table)
    own, memory = next(iter(results.values()))
    click.echo(" ".join([f"{page}={figure.rate:.0f}/s" for page, figure in own.items()] + [f"memory={memory:.0f}MB"]))
    return 0 if all(figure.rate >= FLOOR and not figure.errors for figure in own.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
