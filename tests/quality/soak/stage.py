"""Sets the stage of the soak: simulators, site, records, cast and plan; then the journey runs on it."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from pydantic import SecretStr
from rich.console import Console

from config.settings import Settings
from crawler.exchange import Answer
from crawler.reading.worker import Reading
from indexer.records import channels
from indexer.records.database import Database
from indexer.search.factory import open_index
from indexer.whitelist.records import Channel
from indexer.work.steps import Step, steps_of
from tests.quality.soak.acting import AES_KEY, CALLBACK_TOKEN, Actors
from tests.quality.soak.cast import Kind, Outlet, hosts, outlets, units
from tests.quality.soak.clock import BEGINNING, VirtualClock, virtual
from tests.quality.soak.editor import hire
from tests.quality.soak.journey import Journey
from tests.quality.soak.plan import HISTORY_DAYS, Plan, draw
from tests.quality.soak.rounds import Rounds, run
from tests.quality.soak.watching import Watch, Watched
from tests.serving import site_of
from tests.simulators.cast import APP_KEY, APP_SECRET, COMPONENT
from tests.simulators.running import SITES, Platforms, Running
from tests.simulators.weibo.oauth import WeiboOauth
from tests.simulators.world.accounts import Callback, WechatAccount
from tests.simulators.world.world import World
from web.app.factory import create_app

FETCH_SECONDS, PAGE_BYTES = 2.0, 512 * 1024
# No part of what the soak is about: pictures have none to fetch, and nobody searches.
LEFT_OUT = frozenset({"pictures", "picture_sweep", "publish", "trials", "understand", "digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """What the report is made of."""

    journey: Journey
    rounds: int


def travel(folder: Path, *, seed: int, days: int, scale: float, workers: int) -> Travelled:
    """Make the journey of a seed, and return how it went."""
    clock = VirtualClock(BEGINNING - timedelta(days=HISTORY_DAYS + 1))
    world = World(clock)
    oauth = WeiboOauth(world, app_key=APP_KEY, app_secret=APP_SECRET, valid=timedelta(days=90))
    platforms = Platforms(world=world, component=COMPONENT, oauth=oauth)
    cast = outlets(platforms, scale=scale)
    plan = draw(seed, cast, begins=BEGINNING, days=days)
    made: list[int] = []
    with ExitStack() as stack:
        stack.enter_context(virtual(clock))
        running = stack.enter_context(Running(platforms.answering()))
        settings = settings_of(folder, running, cast)
        database = stack.enter_context(records(settings, cast))
        actors = Actors(platforms=platforms, database=database, settings=settings, rng=random.Random(seed))  # noqa: S311
        publish_history(plan, actors, clock)
        app = create_app(settings, database=database, index=open_index(settings))
        listen(platforms, stack.enter_context(site_of(app)), cast)
        journey = Journey(
            settings=settings,
            database=database,
            clock=clock,
            cast=cast,
            plan=plan,
            actors=actors,
            watch=watch_of(plan, platforms, database, cast),
            steps=steps(settings, database),
            editor=hire(database),
            say=Console(stderr=True, soft_wrap=True, highlight=False).print,
        )

        async def go(rounds: Rounds) -> None:
            with reading_shared(rounds):
                await journey.go(rounds)
            made.append(rounds.made)

        run(settings, go, workers=workers)
        if not made:
            raise SystemExit("stopped before the end")
        return Travelled(journey=journey, rounds=made[0])


def settings_of(folder: Path, running: Running, cast: list[Outlet]) -> Settings:
    """Return the settings of the deployment: every host has its stand-in, and nobody waits for politeness."""
    stand_ins = running.stand_ins | dict.fromkeys(hosts(cast), running.host(SITES))
    return Settings(
        data_folder=folder,
        stand_ins=stand_ins,
        crawl_delay_seconds=0,
        fetch_seconds=FETCH_SECONDS,
        page_bytes=PAGE_BYTES,
        wechat_component_appid=COMPONENT.id,
        wechat_component_secret=SecretStr(COMPONENT.secret),
        wechat_component_token=SecretStr(COMPONENT.token),
        wechat_component_aes_key=SecretStr(COMPONENT.aes_key),
        weibo_app_key=APP_KEY,
        weibo_app_secret=SecretStr(APP_SECRET),
    )


@contextmanager
def records(settings: Settings, cast: list[Outlet]) -> Iterator[Database]:
    """The records with units and channels."""
    database = Database.open(settings.records_url)
    with database.transaction() as tx:
        for unit in units():
            channels.save_unit(tx, unit)
        for outlet in cast:
            channels.save_channel(tx, outlet.channel)
    yield database
    database.close()


def publish_history(plan: Plan, actors: Actors, clock: VirtualClock) -> None:
    """Let be published what was there before the beginning."""
    for step in plan.steps:
        if step.at < plan.begins:
            clock.turn_to(max(step.at, clock.at))
            actors.act(step)
    clock.turn_to(plan.begins)


def listen(platforms: Platforms, origin: str, cast: list[Outlet]) -> None:
    """Tell the platform where callbacks go, as the back ends of accounts and component do."""
    COMPONENT.events, COMPONENT.messages = f"{origin}/callbacks/component", f"{origin}/callbacks/component/$APPID$"
    if platforms.third_party is not None:
        platforms.third_party.push_ticket(is_asked=True)
    for account in (outlet.account for outlet in cast if outlet.kind is Kind.API):
        assert isinstance(account, WechatAccount)
        url = f"{origin}/callbacks/wechat/{account.id}"
        account.callback = Callback(url=url, token=CALLBACK_TOKEN, aes_key=AES_KEY)


def watch_of(plan: Plan, platforms: Platforms, database: Database, cast: list[Outlet]) -> Watch:
    """Return the watch over all windows of the plan."""
    every: list[Channel] = [outlet.channel for outlet in cast]
    windows = [Watched(window=window) for window in plan.windows]
    return Watch(platforms=platforms, database=database, windows=windows, every=every)


def steps(settings: Settings, database: Database) -> list[Step]:
    """Return the steps of the deployment that have to do with channels."""
    return [step for step in steps_of(settings, database) if step.name not in LEFT_OUT]


@contextmanager
def reading_shared(rounds: Rounds) -> Iterator[None]:
    """Let pushed pages be read by the parsers of the rounds: a process for each would take a second of real time."""
    loop = asyncio.get_running_loop()

    def read_once(channel: Channel, answer: Answer, **_limits: object) -> Reading:
        return asyncio.run_coroutine_threadsafe(rounds.read(channel, answer), loop).result()

    with patch("crawler.reading.pushing.read_once", read_once):
        yield
