"""Measured: how soon a decision is public, with nothing else to do and while the index of 10,000 items is built anew.

Real processes on one folder: `carnival work`, `carnival reindex`, a web process whose search is asked until it shows
what was approved, or no longer shows what was withdrawn. Prints a table and one line of figures; exits 1 where one of
them took longer than a second, or where an item was lost at a swap.
"""

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.progress import track
from rich.table import Table

from config.settings import Settings
from indexer.base.ids import ItemId
from indexer.base.times import now
from indexer.catalogue.items import Candidate
from indexer.commands.status import difference
from indexer.people import sign_in as people
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import outbox, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.search.factory import open_index
from indexer.search.rebuild import rebuild
from tests.benchmarks import hall
from tests.operators import OPERATOR
from web.app.factory import create_app
from web.app.limits import limiter
from web.app.server import Listening

PUBLIC, WAITING = 10_000, 160
IDLE, DURING = 40, 40  # decisions that are measured
BOUND_SECONDS, GIVE_UP_SECONDS, LOOK_SECONDS, START_SECONDS = 1.0, 30.0, 0.02, 60.0
HOST, MODULE, SERVE = "127.0.0.1", "tests.benchmarks.publish", "serve"
MEMORY = Path("/dev/shm")  # noqa: S108 - the folder is filled there, where nothing waits for a disk, then copied
TEXT = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠，天亮以后再醒来。" * 20


class Site:
    """The search of a web process, asked over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=GIVE_UP_SECONDS)

    def shows(self, number: int, item: ItemId) -> bool:
        """Tell whether the search for the item's own word lists it."""
        self._connection.request("GET", f"/search?{urlencode({'q': word(number)})}")
        return f"/items/{item}" in self._connection.getresponse().read().decode()


class Campaign:
    """The records, and what still waits for a decision."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data_folder=folder)
        self.database = Database.open(self.settings.records_url)
        self.who = self._editor()
        self.waiting = self._waiting()

    def decide(self, number: int, item: ItemId, move: Move, state: State) -> None:
        """Decide as the desk does."""
        desk.decide(
            self.database, item=item, version=1, state=state, move=move, who=self.who, why="示例理由", now=now()
        )

    def _editor(self) -> User:
        return people.add_account(
            self.database, "编辑乙", "示例口令-只用于测试", role=Role.EDITOR, by=OPERATOR, now=now()
        )

    def _waiting(self) -> list[tuple[int, ItemId]]:
        found: list[tuple[int, ItemId]] = []
        with self.database.reading() as tx:
            after: ItemId | None = None
            while page := understood.all_latest(tx, after=after, limit=1000):
                found += [
                    (int(version.title.rpartition("x")[2]), item.id)
                    for item, version in page
                    if item.state is State.PENDING
                ]
                after = page[-1][0].id
        return found


def word(number: int) -> str:
    """Return what only this item's title holds."""
    return f"carnivalx{number}"


def fill(folder: Path) -> None:
    """Put PUBLIC approved items there with their index, and WAITING that wait."""
    settings = Settings(data_folder=folder)
    database, moment = Database.open(settings.records_url), now() - timedelta(hours=1)
    hall.whitelist(database)
    who = people.add_account(database, "编辑甲", "示例口令-只用于测试", role=Role.EDITOR, by=OPERATOR, now=moment)
    for number in track(range(PUBLIC + WAITING), "filling", console=Console(stderr=True)):
        url, title = f"http://a.example/{number}.html", f"月球车如何过夜 {word(number)}"
        candidate = Candidate(channel=hall.CHANNEL.id, url=url, title=title, text=f"第{number}讲。{TEXT}")
        item = hall.understood_item(database, candidate, at=moment)
        if number < PUBLIC:
            hall.approve(database, item, who=who, at=moment)
    with database.transaction() as tx:
        rows = outbox.claim_waiting(tx, holder="fill", now=moment, limit=PUBLIC)
        outbox.done(tx, [row for row, _ in rows], holder="fill")
    for _ in rebuild(database, open_index(settings)):
        pass
    database.close()


@contextmanager
def running(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python …` on the folder until left."""
    seen = os.environ | {"CARNIVAL_DATA_FOLDER": str(folder)}
    process = subprocess.Popen([sys.executable, *command], env=seen, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=GIVE_UP_SECONDS)


def seconds_until(site: Site, number: int, item: ItemId, *, is_shown: bool) -> float:
    """Wait until search says so; return how long that took, GIVE_UP_SECONDS where it never does."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < GIVE_UP_SECONDS:
        if site.shows(number, item) == is_shown:
            return time.monotonic() - began
        time.sleep(LOOK_SECONDS)
    return waited


def decide_next(campaign: Campaign, site: Site) -> tuple[float, float]:
    """Approve what waits next, then withdraw every second one; return the seconds of both (0: none)."""
    number, item = campaign.waiting.pop()
    campaign.decide(number, item, Move.APPROVE, State.PENDING)
    approved = seconds_until(site, number, item, is_shown=True)
    if number % 2:
        return approved, 0.0
    campaign.decide(number, item, Move.WITHDRAW, State.APPROVED)
    return approved, seconds_until(site, number, item, is_shown=False)


def during_rebuilds(folder: Path, campaign: Campaign, site: Site) -> tuple[list[tuple[float, float]], int]:
    """Decide while the index is built anew, again and again; return the figures, and how many rebuilds that took."""
    figures: list[tuple[float, float]] = []
    rebuilds = 0
    while len(figures) < DURING:
        with running(folder, "-m", "config", "reindex") as process:
            rebuilds += 1
            while process.poll() is None and campaign.waiting:
                figures.append(decide_next(campaign, site))
            process.wait()
        if process.returncode:
            raise SystemExit(f"carnival reindex ended with {process.returncode}")
    return figures, rebuilds


def wait_for(port: int) -> None:
    """Until the web process answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            Site(port).shows(0, ItemId("none"))
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return
    raise SystemExit("the web process did not start")


def is_worked_off(database: Database) -> bool:
    """Wait until the outbox is empty; whether it ever is."""
    until = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < until:
        with database.reading() as tx:
            if not outbox.depth(tx):
                return True
        time.sleep(LOOK_SECONDS)
    return False


def row(name: str, seconds: Sequence[float]) -> Sequence[str]:
    """Return a row of the table: how many, p50, p95 and the longest in milliseconds."""
    figures = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1], max(seconds)
    return name, str(len(seconds)), *(f"{1000 * one:.0f}" for one in figures)


def measure(folder: Path) -> tuple[dict[str, list[float]], int, bool]:
    """Return the seconds of each kind of decision, how many rebuilds there were, and whether the index is right."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    campaign = Campaign(folder)
    with running(folder, "-m", "config", "work"), running(folder, "-m", MODULE, SERVE, str(port)):
        wait_for(port)
        site = Site(port)
        decide_next(campaign, site)  # the first opens what it needs
        idle = [decide_next(campaign, site) for _ in range(IDLE)]
        during, rebuilds = during_rebuilds(folder, campaign, site)
        is_right = is_worked_off(campaign.database)
    is_right = is_right and not difference(campaign.database, open_index(campaign.settings))
    figures = {
        "approved, nothing else to do": [one for one, _ in idle],
        "withdrawn, nothing else to do": [one for _, one in idle if one],
        "approved during a rebuild": [one for one, _ in during],
        "withdrawn during a rebuild": [one for _, one in during if one],
    }
    return figures, rebuilds, is_right


def main() -> int:
    """Print the table and the line of figures; return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as memory:
            fill(Path(memory))
            shutil.copytree(memory, folder)
        figures, rebuilds, is_right = measure(folder)
    console, table = Console(), Table("decision", "number", "p50 ms", "p95 ms", "longest ms")
    for name, seconds in figures.items():
        table.add_row(*row(name, seconds))
    console.print(table)
    longest = max(max(seconds) for seconds in figures.values())
    right = "holds what is public" if is_right else "DIFFERS from what is public"
    console.print(
        f"bench-publish: {PUBLIC} items, {rebuilds} rebuilds, longest {1000 * longest:.0f} ms,"
        f" bound {1000 * BOUND_SECONDS:.0f} ms; the index {right}"
    )
    return 0 if is_right and longest <= BOUND_SECONDS else 1


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        limiter.enabled = False
        Listening(create_app(Settings()), host=HOST, port=int(sys.argv[2])).run()
    else:
        sys.exit(main())
