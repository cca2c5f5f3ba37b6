"""`make bench-arrival`: how soon what a unit pushes waits in the review queue while the collector has all hands full.

    python -m tests.benchmarks.arrival [--pages N] [--pushes N]

Real processes on one folder: `carnival web`, `carnival work`, and `carnival crawl` over the new pages of
`make bench-crawl`. Meanwhile a unit's program pushes pages with pictures. A piece has arrived when it is in the queue,
understood, and each of its pictures is kept. Prints a table and a last line of figures; exit code 1 where one did not
arrive, or p95 is over a minute.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from config.settings import Settings
from crawler.demo.pictures import draw
from indexer.base.ids import ChannelId
from indexer.records import channels, inbox, pictures, review_queue, understood
from indexer.records.database import Database
from tests.benchmarks.crawl import HOSTS, new_pages, site, whitelist
from tests.benchmarks.crawling.loopback import answering
from tests.benchmarks.hall import UNIT
from tests.programs import PUSH, Program, program_of
from tests.real.rows import missing

PICTURES_EACH, EVERY_SECONDS, LOOK_SECONDS = 3, 2.0, 0.2
BOUND_SECONDS, GIVE_UP_SECONDS, START_SECONDS = 60.0, 180.0, 60.0
PUSHED = ChannelId("pushed")
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The folder with its records, the port of its site, and the program of the unit that pushes."""

    settings: Settings
    database: Database
    port: int
    program: Program


def pushed_pages(folder: Path, number: int) -> Mapping[str, Path]:
    """Write pages to be pushed, each with a text and pictures of its own: path → file."""
    folder.mkdir()
    found: dict[str, Path] = {}
    for each in range(number):
        shown = [f"/pushed/{each}-{place}.jpg" for place in range(PICTURES_EACH)]
        for path in shown:
            found[path] = folder / path.rpartition("/")[2]
            found[path].write_bytes(draw(path))
        title = f"第{each}回：湖面为什么先从上面结冰"
        said = f"这是第{each}回。四摄氏度的水沉在湖底，鱼就在那里过冬，直到春天冰化开来，湖水才又翻动。" * 6
        drawn = "".join(f'<p><img src="{path}" alt="插图"></p>' for path in shown)
        page = folder / f"{each}.html"
        page.write_text(
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>发布时间：2026-09-17 09:00</p>"
            f"<p>{said}</p>{drawn}</article></body></html>"
        )
        found[f"/pushed/{each}.html"] = page
    return found


@contextmanager
def deployed(folder: Path, hosts: Sequence[str], lists: int) -> Iterator[Deployment]:
    """Run collector, worker and site over so many channels of new pages, and one that is pushed to."""
    wanted = [site(each, hosts[each % len(hosts)]) for each in range(lists)]
    pushed = replace(site(0, hosts[0]), id=PUSHED, name="示例馆推送", source=None, address=None)
    whitelist(folder, wanted, is_known=False)
    settings = Settings(data_folder=folder, private_hosts=tuple(hosts), port=_free_port())
    database = Database.open(settings.records_url)
    with database.transaction() as tx:
        channels.save_channel(tx, pushed)
    seen = os.environ | {
        "CARNIVAL_DATA_FOLDER": str(folder),
        "CARNIVAL_PORT": str(settings.port),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps(hosts),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
    }
    program = program_of(database, settings, UNIT.id)
    with ExitStack() as running:
        for name in ("web", "work", "crawl"):
            running.enter_context(_running(name, seen))
        _wait_for(settings.port)
        yield Deployment(settings=settings, database=database, port=settings.port, program=program)
    database.close()


@contextmanager
def _running(command: str, environment: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "config", command], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return
    raise SystemExit("the site did not start")


def push(to: Deployment, url: str) -> str:
    """Push a link as a unit's own system does; return its number. Raises RuntimeError where it is not taken."""
    body = json.dumps({"channel": PUSHED, "url": url}).encode()
    connection = http.client.HTTPConnection(HOST, to.port, timeout=START_SECONDS)
    connection.request("POST", PUSH, body=body, headers=to.program.heads(body=body))
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    if answer.status not in (200, 201, 202):
        raise RuntimeError(f"{url} was not taken: {answer.status} {said}")
    return str(said["id"])


def has_arrived(database: Database, number: str) -> bool:
    """Tell whether what was pushed under this number is in the queue, understood, with all its pictures."""
    with database.reading() as tx:
        (row,) = inbox.filed(tx, [number])
        item = row.item
        if row.done_at is not None and item is None:
            raise RuntimeError(f"{row.payload} became nothing: {row.outcome}")
        if item is None or not understood.is_understood(tx, item, 1) or review_queue.standing(tx, item) is None:
            return False
        uses = pictures.uses_of(tx, [(item, 1)]).get((item, 1), {})
        return len(uses) == PICTURES_EACH and all(use.picture is not None for use in uses.values())


def arrivals(to: Deployment, urls: Sequence[str]) -> list[float]:
    """Push one after the other, and return how many seconds each took; GIVE_UP_SECONDS where it never came."""
    waiting, found = dict[str, float](), list[float]()
    left, next_push = list(urls), time.monotonic()
    while left or waiting:
        if left and time.monotonic() >= next_push:
            next_push = time.monotonic() + EVERY_SECONDS
            began = time.monotonic()
            waiting[push(to, left.pop(0))] = began
        for number, began in list(waiting.items()):
            waited = time.monotonic() - began
            if waited > GIVE_UP_SECONDS or has_arrived(to.database, number):
                found.append(waited)
                del waiting[number]
        time.sleep(LOOK_SECONDS)
    return found


def main() -> int:
    """Print the table and the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6000)
    parser.add_argument("--pushes", type=int, default=40)
    asked = parser.parse_args()
    console = Console()
    if why := missing():
        console.print(why)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-arrival") as folder:
        new, pushed = (
            new_pages(Path(folder) / "pages", asked.pages),
            pushed_pages(Path(folder) / "pushed", asked.pushes),
        )
        with (
            answering({**new.files, **pushed}, hosts=HOSTS) as server,
            deployed(Path(folder) / "data", server.hosts, new.lists) as running,
        ):
            began = time.monotonic()
            urls = [f"http://{server.hosts[0]}/pushed/{each}.html" for each in range(asked.pushes)]
            took = arrivals(running, urls)
            with running.database.reading() as tx:
                load = review_queue.queue_size(tx) - len(took)
            rate = load / (time.monotonic() - began)
    p50, p95, longest = statistics.median(took), statistics.quantiles(took, n=20)[-1], max(took)
    table = Table("pushes", "p50 s", "p95 s", "longest s", "bound", "new pages meanwhile, a second")
    is_held = p95 <= BOUND_SECONDS and longest < GIVE_UP_SECONDS
    table.add_row(
        str(len(took)), f"{p50:.1f}", f"{p95:.1f}", f"{longest:.1f}", f"p95 ≤ {BOUND_SECONDS:.0f}", f"{rate:.1f}"
    )
    console.print(table)
    console.print(
        f"arrival: {len(took)} pushes with {PICTURES_EACH} pictures, p95 {p95:.1f} s, longest {longest:.1f} s, while"
        f" {load} new pages came in, {rate:.1f} a second; bounds missed {int(not is_held)}"
    )
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
