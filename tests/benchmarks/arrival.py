"""`make bench-arrival`: how soon what units push, or WeChat calls back about, waits in the review queue, under load.

    python -m tests.benchmarks.arrival [--pages N] [--pushes N]

Real processes on one folder: `carnival web`, `carnival work`, and `carnival crawl` over the new pages of
`make bench-crawl`. Meanwhile a unit's program pushes pages with pictures, and a simulated account publishes articles
with pictures and has its event delivered. A piece has arrived when it is in the queue, understood, and each of its
pictures is kept. Prints a table and a last line of figures; exit code 1 where one did not arrive, or p95 is over a
minute.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from indexer.base.ids import ItemId, canonical_key
from indexer.records import inbox, items, pictures, review_queue, understood
from indexer.records.database import Database
from tests.benchmarks.arriving import (
    HOST,
    LOOK_SECONDS,
    PICTURES_EACH,
    PUSHED,
    SAID,
    START_SECONDS,
    Deployment,
    deployed,
    pushed_pages,
)
from tests.benchmarks.crawl import HOSTS, new_pages
from tests.benchmarks.crawling.loopback import answering
from tests.programs import PUSH
from tests.real.rows import missing
from tests.simulators.wechat.addresses import article_url
from tests.simulators.wechat.courier import AFTER
from tests.simulators.world.posts import Draft

EVERY_SECONDS = 2.0
BOUND_SECONDS, GIVE_UP_SECONDS = 60.0, 180.0
Find = Callable[[], ItemId | None]
"""Looks for the item that something became. Raises RuntimeError where it became none."""


def push(to: Deployment, url: str) -> Find:
    """Push a link as a unit's own system does. Raises RuntimeError where it is not taken."""
    body = json.dumps({"channel": PUSHED, "url": url}).encode()
    connection = http.client.HTTPConnection(HOST, to.port, timeout=START_SECONDS)
    connection.request("POST", PUSH, body=body, headers=to.program.heads(body=body))
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    if answer.status not in (200, 201, 202):
        raise RuntimeError(f"{url} was not taken: {answer.status} {said}")

    def found() -> ItemId | None:
        with to.database.reading() as tx:
            (row,) = inbox.filed(tx, [str(said["id"])])
        if row.done_at is not None and row.item is None:
            raise RuntimeError(f"{url} became nothing: {row.outcome}")
        return row.item

    return found


def announce(to: Deployment, number: int) -> Find:
    """Publish an article with pictures, and deliver its event. Raises RuntimeError where that is not taken."""
    draft = Draft(
        title=f"第{number}则：鱼在冰下怎样过冬",
        paragraphs=(f"这是第{number}则。", SAID),
        pictures=PICTURES_EACH,
        is_notified=True,
    )
    to.clock.behind = AFTER  # so that its letter is due now
    (post,) = to.platforms.world.publish(to.account.id, draft)
    to.clock.behind = timedelta(0)
    for one in to.platforms.courier.deliver():
        if one.status != 200:
            raise RuntimeError(f"the event was answered {one.status}: {one.answer}")
    key = canonical_key(article_url(to.account, post))

    def found() -> ItemId | None:
        with to.database.reading() as tx:
            item = items.by_key(tx, key)
        return item.id if item else None

    return found


def has_arrived(database: Database, find: Find) -> bool:
    """Tell whether an item is there, in the queue, understood, with all its pictures."""
    if (item := find()) is None:
        return False
    with database.reading() as tx:
        if not understood.is_understood(tx, item, 1) or review_queue.standing(tx, item) is None:
            return False
        uses = pictures.uses_of(tx, [(item, 1)]).get((item, 1), {})
    return len(uses) == PICTURES_EACH and all(use.picture is not None for use in uses.values())


def arrivals(to: Deployment, begin: Sequence[tuple[str, Callable[[], Find]]]) -> Mapping[str, list[float]]:
    """Begin one after the other, and return how many seconds each took; GIVE_UP_SECONDS where it never came."""
    found: dict[str, list[float]] = {name: [] for name, _ in begin}
    waiting, left, next_one = list[tuple[str, Find, float]](), list(begin), time.monotonic()
    while left or waiting:
        if left and time.monotonic() >= next_one:
            next_one = time.monotonic() + EVERY_SECONDS
            (name, start), began = left.pop(0), time.monotonic()
            waiting.append((name, start(), began))
        still = []
        for name, find, began in waiting:
            waited = time.monotonic() - began
            if waited > GIVE_UP_SECONDS or has_arrived(to.database, find):
                found[name].append(waited)
            else:
                still.append((name, find, began))
        waiting = still
        time.sleep(LOOK_SECONDS)
    return found


def measure(folder: Path, *, pages: int, pushes: int) -> tuple[Mapping[str, list[float]], int, float]:
    """Return the seconds by kind, how many new pages came in meanwhile, and the seconds of all."""
    new = new_pages(folder / "pages", pages)
    pushed = pushed_pages(folder / "pushed", pushes)
    with (
        answering({**new.files, **pushed}, hosts=HOSTS) as server,
        deployed(folder / "data", server.hosts, new.lists) as running,
    ):
        began = time.monotonic()
        begin: list[tuple[str, Callable[[], Find]]] = []
        for each in range(pushes):
            url = f"http://{server.hosts[0]}/pushed/{each}.html"
            begin.append(("pushes", lambda url=url: push(running, url)))  # type: ignore[misc]
            begin.append(("events", lambda each=each: announce(running, each)))  # type: ignore[misc]
        took = arrivals(running, begin)
        with running.database.reading() as tx:
            load = review_queue.queue_size(tx) - sum(len(each) for each in took.values())
        return took, load, time.monotonic() - began


def p95_of(seconds: Sequence[float]) -> float:
    """Return the 95th percentile, of a single measure itself."""
    return float(np.percentile(seconds, 95))


def main() -> int:
    """Print the table and the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6000)
    parser.add_argument("--pushes", type=int, default=25, help="how many of each kind")
    asked = parser.parse_args()
    if asked.pushes < 1:
        parser.error("--pushes: at least one of each kind")
    console = Console()
    if why := missing():
        console.print(why)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-arrival") as folder:
        took, load, seconds = measure(Path(folder), pages=asked.pages, pushes=asked.pushes)
    table, missed, said = Table("what", "number", "p50 s", "p95 s", "longest s", "bound", ""), 0, []
    for name, each in took.items():
        p50, p95 = statistics.median(each), p95_of(each)
        is_held = p95 <= BOUND_SECONDS and max(each) < GIVE_UP_SECONDS
        cells = (f"{p50:.1f}", f"{p95:.1f}", f"{max(each):.1f}", f"p95 ≤ {BOUND_SECONDS:.0f}")
        table.add_row(name, str(len(each)), *cells, "held" if is_held else "MISSED")
        missed += not is_held
        said.append(f"{len(each)} {name} with {PICTURES_EACH} pictures p95 {p95:.1f} s, longest {max(each):.1f} s")
    console.print(table)
    meanwhile = f"{load} new pages meanwhile, {load / seconds:.1f} a second"
    console.print(f"arrival: {'; '.join(said)}; {meanwhile}; bounds missed {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
