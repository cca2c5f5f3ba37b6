"""What pieces arrive at in `arrival.py`: records, services, pages to be pushed, and a platform, while it collects."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind
from crawler.demo.pictures import draw
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.connections.records import Connection, Platform
from indexer.records import channels, connections
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.benchmarks.crawl import site, whitelist
from tests.benchmarks.hall import UNIT
from tests.programs import Program, program_of
from tests.simulators.cast import wechat_world
from tests.simulators.running import Platforms, Running
from tests.simulators.wechat.addresses import MP
from tests.simulators.world.accounts import Callback, WechatAccount

PICTURES_EACH, LOOK_SECONDS, START_SECONDS = 3, 0.2, 60.0
PUSHED, ACCOUNT = ChannelId("pushed"), ChannelId("account")
HOST = "127.0.0.1"
TOKEN, AES_KEY = "callbacktoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SAID = "四摄氏度的水沉在湖底，鱼就在那里过冬，直到春天冰化开来，湖水才又翻动。" * 6


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
