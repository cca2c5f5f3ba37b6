"""What `carnival simulate` runs: the platforms on fixed ports, what to set and what to type, until it is stopped."""

import json
import shlex
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType

from tests.simulators import cast
from tests.simulators.desk import Desk
from tests.simulators.running import SITES, WEIBO, WEIBO_PICTURES, Platforms, Running
from tests.simulators.wechat.addresses import API, MP, PICTURES
from tests.simulators.world.accounts import Site, WechatAccount, WeiboAccount

DESK, HOST = "desk", "127.0.0.1"
TICK_SECONDS = 1.0
HOSTS: Mapping[str, tuple[str, ...]] = {
    "wechat": (API, MP, PICTURES),
    "weibo": (WEIBO, WEIBO_PICTURES[0]),
    "sites": (SITES,),
}


def ports_of(kind: str, first: int) -> dict[str, int]:
    """Return the port of each service: the desk has the first, the others follow; all 0 where `first` is."""
    return {host: first and first + place for place, host in enumerate((DESK, *HOSTS[kind]))}


def run(kind: str, first_port: int, say: Callable[[str], None]) -> None:
    """Simulate `wechat`, `weibo` or `sites` until SIGINT or SIGTERM; say: prints one line."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    ports = ports_of(kind, first_port)
    platforms = world_of(kind, ports)
    answering = platforms.answering()
    chosen = {host: answering[host] for host in HOSTS[kind]} | {DESK: Desk(platforms).answer}
    with Running(chosen, ports=ports) as running:
        for line in lines_of(platforms, running):
            say(line)
        while not stop.wait(TICK_SECONDS):
            tick(platforms)


def world_of(kind: str, ports: Mapping[str, int]) -> Platforms:
    """Return who lives in the simulated world of a kind."""
    if kind == "wechat":
        return cast.wechat_world()
    if kind == "weibo":
        return cast.weibo_world()
    return cast.sites_world(f"{HOST}:{ports[SITES]}")


def tick(platforms: Platforms) -> None:
    """Do what the platforms do by themselves: push tickets that are due, deliver callbacks."""
    if platforms.third_party is not None:
        platforms.third_party.push_ticket()
    platforms.courier.deliver()


def lines_of(platforms: Platforms, running: Running) -> Iterator[str]:
    """Yield what to set and what to type, as lines for a shell: what is no setting stands behind `#`."""
    stand_ins = {host: place for host, place in running.stand_ins.items() if host != DESK}
    if stand_ins:
        yield f"export CARNIVAL_STAND_INS={shlex.quote(json.dumps(stand_ins))}"
    if (component := platforms.component) is not None:
        yield f"export CARNIVAL_WECHAT_COMPONENT_APPID={component.id}"
        yield f"export CARNIVAL_WECHAT_COMPONENT_SECRET={component.secret}"
        yield f"export CARNIVAL_WECHAT_COMPONENT_TOKEN={component.token}"
        yield f"export CARNIVAL_WECHAT_COMPONENT_AES_KEY={component.aes_key}"
    if (oauth := platforms.oauth) is not None:
        yield f"export CARNIVAL_WEIBO_APP_KEY={oauth.app_key}"
        yield f"export CARNIVAL_WEIBO_APP_SECRET={oauth.app_secret}"
    for wechat in platforms.world.every(WechatAccount):
        yield f"# {wechat.name}: AppID {wechat.id}, AppSecret {wechat.secret}, {wechat.original_id}, biz {wechat.biz}"
    for weibo in platforms.world.every(WeiboAccount):
        yield f"# {weibo.name}: uid {weibo.id}"
    if sites := platforms.world.every(Site):
        yield f"export CARNIVAL_PRIVATE_HOSTS={shlex.quote(json.dumps([running.host(SITES)]))}"
        yield from (f"# {site.name}: source {site.form.value}, {site.address}" for site in sites)
    yield f"# publish, correct, remove, switch faults: http://{running.host(DESK)}/"
