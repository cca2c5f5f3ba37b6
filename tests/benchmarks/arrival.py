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
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind
from crawler.demo.pictures import draw
from indexer.base.ids import ChannelId, ItemId, canonical_key
from indexer.base.times import now
from indexer.connections.records import Connection, Platform
from indexer.records import channels, connections, inbox, items, pictures, review_queue, understood
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.benchmarks.crawl import HOSTS, new_pages, site, whitelist
from tests.benchmarks.crawling.loopback import answering
from tests.benchmarks.hall import UNIT
from tests.programs import PUSH, Program, program_of
from tests.real.rows import missing
from tests.simulators.cast import wechat_world
from tests.simulators.running import Platforms, Running
from tests.simulators.wechat.addresses import MP, article_url
from tests.simulators.wechat.courier import AFTER
from tests.simulators.world.accounts import Callback, WechatAccount
from tests.simulators.world.posts import Draft

PICTURES_EACH, EVERY_SECONDS, LOOK_SECONDS = 3, 2.0, 0.2
BOUND_SECONDS, GIVE_UP_SECONDS, START_SECONDS = 60.0, 180.0, 60.0
PUSHED, ACCOUNT = ChannelId("pushed"), ChannelId("account")
HOST = "127.0.0.1"
TOKEN, AES_KEY = "callbacktoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SAID = "四摄氏度的水沉在湖底，鱼就在那里过冬，直到春天冰化开来，湖水才又翻动。" * 6
Find = Callable[[], ItemId | None]
"""Looks for the item that something became. Raises RuntimeError where it became none."""


class Clock:
    """The platforms' clock; behind: the present by so much."""

    behind = timedelta(0)

    def __call__(self) -> datetime:
        return now() - self.behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The folder with its records, the port of its site, the program of the unit that pushes, and the platforms."""

    settings: Settings
    database: Database
    port: int
    program: Program
    platforms: Platforms
    clock: Clock
    account: WechatAccount


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
        drawn = "".join(f'<p><img src="{path}" alt="插图"></p>' for path in shown)
        page = folder / f"{each}.html"
        page.write_text(
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>发布时间：2026-09-17 09:00</p>"
            f"<p>这是第{each}回。{SAID}</p>{drawn}</article></body></html>"
        )
        found[f"/pushed/{each}.html"] = page
    return found


@contextmanager
def deployed(folder: Path, hosts: Sequence[str], lists: int) -> Iterator[Deployment]:
    """Run collector, worker and site over so many channels of new pages, one that is pushed to, and an account."""
    wanted = [site(each, hosts[each % len(hosts)]) for each in range(lists)]
    whitelist(folder, wanted, is_known=False)
    settings = Settings(data_folder=folder, private_hosts=tuple(hosts), port=_free_port())
    database = Database.open(settings.records_url)
    clock = Clock()
    platforms = wechat_world(clock)
    account = next(one for one in platforms.world.accounts.values() if isinstance(one, WechatAccount))
    pushed = replace(site(0, hosts[0]), id=PUSHED, name="示例馆推送", source=None, address=None)
    _connect(database, settings, pushed, account)
    program = program_of(database, settings, UNIT.id)
    with ExitStack() as running:
        services = running.enter_context(Running(platforms.answering()))
        seen = os.environ | {
            "CARNIVAL_DATA_FOLDER": str(folder),
            "CARNIVAL_PORT": str(settings.port),
            "CARNIVAL_PRIVATE_HOSTS": json.dumps(hosts),
            "CARNIVAL_STAND_INS": json.dumps(services.stand_ins),
            "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
        }
        for name in ("web", "work", "crawl"):
            running.enter_context(_running(name, seen))
        _wait_for(settings.port)
        yield Deployment(
            settings=settings,
            database=database,
            port=settings.port,
            program=program,
            platforms=platforms,
            clock=clock,
            account=account,
        )
    database.close()


def _connect(database: Database, settings: Settings, pushed: Channel, account: WechatAccount) -> None:
    """Save the channel that is pushed to and that of the account, which is connected and called back about."""
    url = f"http://{HOST}:{settings.port}/callbacks/wechat/{account.id}"
    account.callback = Callback(url=url, token=TOKEN, aes_key=AES_KEY)
    known = {ACCOUNT_BIZ: account.number, ACCOUNT_ID: account.original_id, ACCOUNT_NAME: account.name}
    wechat = replace(
        pushed, id=ACCOUNT, kind=ChannelKind.WECHAT, name=account.name, source="wechat_api", hosts=(MP,), options=known
    )
    connection = Connection(
        channel=ACCOUNT,
        platform=Platform.WECHAT,
        account=account.id,
        name=account.name,
        sealed=seal(settings, account.secret),
        callback_sealed=seal(settings, json.dumps({"token": TOKEN, "aes_key": AES_KEY})),
        who="示例管理员",
        at=now(),
    )
    with database.transaction() as tx:
        channels.save_channel(tx, pushed)
        channels.save_channel(tx, wechat)
        connections.save(tx, connection)


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
