"""A channel that is connected with a stand-in for WeChat, on SQLite, or on PostgreSQL where a test asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ
from config.words import ChannelKind
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, Platform
from indexer.records import channels, connections
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel, Unit
from tests.conftest import NOW
from tests.crawler.platforms.accounts import BIZ_NUMBER, Account, Reads
from tests.crawler.platforms.standing_in import APPID, SECRET, StandIn


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, stand_in: StandIn) -> Settings:
    return Settings(
        data_folder=tmp_path, stand_ins={"api.weixin.qq.com": stand_in.host}, crawl_delay_seconds=0, fetch_seconds=5
    )


@pytest.fixture
def database(records_url: str) -> Iterator[Database]:
    opened = Database.open(records_url)
    yield opened
    opened.close()


@pytest.fixture
def account(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    """An approved WeChat account that the API reads."""
    made = make_channel(
        id=ChannelId("account"),
        kind=ChannelKind.WECHAT,
        name="示例馆公众号",
        source="wechat_api",
        address=None,
        hosts=("mp.weixin.qq.com",),
        options={ACCOUNT_BIZ: BIZ_NUMBER},
    )
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def connection(database: Database, settings: Settings, account: Channel) -> Connection:
    """Its connection, by app id and secret."""
    made = Connection(
        channel=account.id,
        platform=Platform.WECHAT,
        account=APPID,
        sealed=seal(settings, SECRET),
        who="单位甲",
        at=NOW,
    )
    with database.transaction() as tx:
        connections.save(tx, made)
    return made


@pytest.fixture
def save(database: Database) -> Callable[..., Connection]:
    """Keep a connection with other fields."""

    def make(connection: Connection, **fields: object) -> Connection:
        changed = replace(connection, **fields)  # type: ignore[arg-type]  # of whatever fields a test names
        with database.transaction() as tx:
            connections.save(tx, changed)
        return changed

    return make


@pytest.fixture
def publisher(stand_in: StandIn) -> Account:
    """The account at the stand-in."""
    return Account(stand_in)


@pytest.fixture
def reading(database: Database, settings: Settings, connection: Connection) -> Reads:
    """Reads of the connected channel."""
    return Reads(database, settings)
