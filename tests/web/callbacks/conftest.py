"""An account that is connected by its own app id, one that authorised the component, and the component itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, Platform
from indexer.records import channels, connections, platform_events
from indexer.records.database import Database
from indexer.records.platform_events import PlatformEvent
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.callbacks import ACCOUNT_KEYS, APPID, COMPONENT, COMPONENT_KEYS, ORIGINAL_ID

AUTHORISED = "wx00000000authorised"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path,
        wechat_component_appid=COMPONENT,
        wechat_component_token=SecretStr(COMPONENT_KEYS.token),
        wechat_component_aes_key=SecretStr(COMPONENT_KEYS.aes_key),
    )


@pytest.fixture(autouse=True)
def _connected(database: Database, settings: Settings, channel: Channel) -> None:
    keys = json.dumps({"token": ACCOUNT_KEYS.token, "aes_key": ACCOUNT_KEYS.aes_key})
    own = Connection(
        channel=channel.id,
        platform=Platform.WECHAT,
        account=APPID,
        original_id=ORIGINAL_ID,
        callback_sealed=seal(settings, keys),
        who="单位甲",
        at=times.now(),
    )
    other = replace(
        channel, id=ChannelId("channel-b"), name="另一个渠道", address="http://b.example/", hosts=("b.example",)
    )
    authorised = replace(
        own, channel=other.id, platform=Platform.COMPONENT, account=AUTHORISED, callback_sealed="", original_id="gh_b"
    )
    with database.transaction() as tx:
        channels.save_channel(tx, other)
        connections.save(tx, own)
        connections.save(tx, authorised)


def kept(database: Database) -> list[PlatformEvent]:
    """Return the events that wait."""
    with database.transaction() as tx:
        return list(platform_events.claim_waiting(tx, holder="test", now=times.now(), limit=100))
