"""A world with a clock that a test turns, and its services on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulators import cast
from tests.simulators.running import Platforms, Running
from tests.simulators.wechat.addresses import API, MP
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.posts import Draft
from tests.simulators.world.world import World

START = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
PARAGRAPHS = ("月球背面的夜有十四个地球日那么长。", "月球车在夜里休眠，等太阳再升起来。")
DRAFT = Draft(title="月球车如何过夜", paragraphs=PARAGRAPHS)


@dataclass
class Hands:
    """A clock; called, it says what time it is."""

    at: datetime = START
    turned: list[timedelta] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **units: float) -> None:
        """Let time pass, as `timedelta` names it."""
        self.at += timedelta(**units)


@dataclass(kw_only=True)
class Simulated:
    """What a test holds: the clock, what answers, and where."""

    hands: Hands
    platforms: Platforms
    running: Running

    @property
    def world(self) -> World:
        return self.platforms.world

    @property
    def account(self) -> WechatAccount:
        """The first public account."""
        return self.world.every(WechatAccount)[0]

    @property
    def api(self) -> str:
        """`127.0.0.1:port` of WeChat's API."""
        return self.running.host(API)

    @property
    def mp(self) -> str:
        """`127.0.0.1:port` of WeChat's pages."""
        return self.running.host(MP)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def wechat(hands: Hands) -> Iterator[Simulated]:
    """Three public accounts and a component."""
    platforms = cast.wechat_world(hands)
    with Running(platforms.answering()) as running:
        yield Simulated(hands=hands, platforms=platforms, running=running)


@pytest.fixture
def weibo(hands: Hands) -> Iterator[Simulated]:
    """Three accounts of Weibo and an app."""
    platforms = cast.weibo_world(hands)
    with Running(platforms.answering()) as running:
        yield Simulated(hands=hands, platforms=platforms, running=running)


@pytest.fixture
def sites(hands: Hands) -> Iterator[Simulated]:
    """A site of each form."""
    platforms = cast.sites_world("sites.example", hands)
    with Running(platforms.answering()) as running:
        yield Simulated(hands=hands, platforms=platforms, running=running)
