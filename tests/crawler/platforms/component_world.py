"""A component at the simulated WeChat, its ticket here, and a channel whose account may authorise it. Fixtures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind
from crawler.platforms.wechat.authorising import ComponentCalls, ticket_name
from indexer.base.actors import Actor, ActorKind
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.connections.records import Connection
from indexer.records import channels, connections, tokens
from indexer.records.database import Database
from indexer.records.sealing import seal, unseal
from indexer.records.tokens import SealedToken
from indexer.whitelist.records import Channel
from tests.simulators.cast import COMPONENT
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms, Running
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.world import World

RIGHTS = frozenset((1, 7, 11))
PERSON = Actor(kind=ActorKind.PERSON, id="u1", name="单位甲")
ACCOUNT = WechatAccount(
    id="wxsim0000000000001",
    name="星河天文馆",
    secret="0" * 32,
    number="3900000001",
    original_id="gh_5ec000000001",
    subject="北京星河天文馆",
)
OTHER = replace(ACCOUNT, id="wxsim0000000000002", name="绿洲植物园", number="3900000002", original_id="gh_5ec000000002")


class Clock:
    """The hour, as a test sets it."""

    def __init__(self) -> None:
        self.now = now()

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platforms(clock: Clock) -> Platforms:
    world = World(clock)
    for account in (ACCOUNT, OTHER):
        world.add(replace(account))
    return Platforms(world=world, component=replace(COMPONENT))


@pytest.fixture
def third_party(platforms: Platforms) -> ComponentApi:
    assert platforms.third_party is not None
    return platforms.third_party


@pytest.fixture
def settings(tmp_path: Path, platforms: Platforms) -> Iterator[Settings]:
    with Running(platforms.answering()) as running:
        yield Settings(
            data_folder=tmp_path,
            stand_ins=running.stand_ins,
            crawl_delay_seconds=0,
            wechat_component_appid=COMPONENT.id,
            wechat_component_secret=SecretStr(COMPONENT.secret),
            wechat_component_token=SecretStr(COMPONENT.token),
            wechat_component_aes_key=SecretStr(COMPONENT.aes_key),
        )


@pytest.fixture
def channel(database: Database, channel: Channel) -> Channel:
    """The account's own channel, read by the official API."""
    account = {ACCOUNT_ID: ACCOUNT.original_id, ACCOUNT_BIZ: ACCOUNT.number, ACCOUNT_NAME: ACCOUNT.name}
    made = replace(
        channel,
        id=ChannelId("channel-wechat"),
        kind=ChannelKind.WECHAT,
        name=ACCOUNT.name,
        source="wechat_api",
        address=None,
        hosts=(),
        options=account,
    )
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def ticket(settings: Settings, database: Database, third_party: ComponentApi, clock: Clock) -> str:
    """A ticket that WeChat pushed and that is kept."""
    value = third_party.push_ticket(is_asked=True) or ""
    kept = SealedToken(
        name=ticket_name(COMPONENT.id),
        sealed=seal(settings, value),
        expires_at=clock() + timedelta(hours=12),
        fetched_at=clock(),
    )
    with database.transaction() as tx:
        tokens.keep(tx, kept)
    return value


@pytest.fixture
def component(settings: Settings, database: Database, clock: Clock, ticket: str) -> ComponentCalls:
    return ComponentCalls(settings, database, clock=clock)


@pytest.fixture
def code(component: ComponentCalls, third_party: ComponentApi) -> str:
    """What the account's admin brings back after saying yes."""
    return third_party.authorise(ACCOUNT, component.pre_auth_code().value, RIGHTS)


def connection_of(database: Database, channel: Channel) -> Connection | None:
    """Return the channel's connection."""
    with database.reading() as tx:
        return connections.connection(tx, channel.id)


def token_of(database: Database, settings: Settings, name: str) -> str | None:
    """Return a token that is kept, opened."""
    with database.reading() as tx:
        kept = tokens.token(tx, name)
    return unseal(settings, kept.sealed) if kept else None
