"""indexer.connections.weibo: where a person is sent to authorise, and what is filed when they return."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from config.settings import Settings
from config.words import ChannelKind
from indexer.base.actors import Actor, ActorKind
from indexer.connections.desk import SEALED, ConnectProblem, ConnectRefused
from indexer.connections.weibo import RETURN_TO, authorise_address, file_code
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel, Unit

BACK = "https://kx.example/unit/connect/weibo/return"
CODE = "c0de5678c0de5678"
BY = Actor(kind=ActorKind.PERSON, id="u1", name="单位甲")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, weibo_app_key="2345678901")


@pytest.fixture
def channel(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    made = make_channel(kind=ChannelKind.WEIBO, hosts=("weibo.com",))
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


def test_a_person_is_sent_to_the_platform_s_own_page_with_state_and_way_back(settings: Settings) -> None:
    parts = urlsplit(authorise_address(settings, state="st.ate", return_to=BACK))

    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://api.weibo.com/oauth2/authorize"
    assert parse_qs(parts.query) == {
        "client_id": ["2345678901"],
        "response_type": ["code"],
        "redirect_uri": [BACK],
        "state": ["st.ate"],
    }


def test_where_a_server_stands_in_the_browser_is_sent_there(settings: Settings) -> None:
    led = settings.model_copy(update={"stand_ins": {"api.weibo.com": "127.0.0.1:8791"}})

    assert authorise_address(led, state="s", return_to=BACK).startswith("http://127.0.0.1:8791/oauth2/authorize?")


def test_a_code_is_filed_sealed(settings: Settings, database: Database, channel: Channel, now: datetime) -> None:
    id = file_code(database, settings, channel=channel.id, code=CODE, return_to=BACK, by=BY, now=now)

    with database.reading() as tx:
        (filed,) = inbox.filed(tx, [id])
    assert CODE not in str(filed.payload)
    assert unseal(settings, filed.payload[SEALED]) == CODE
    assert (filed.payload[RETURN_TO], filed.payload["platform"], filed.who) == (BACK, "weibo", "单位甲")


@pytest.mark.parametrize("code", ["", "short", "x" * 201, "c0de 5678 c0de", "c0de5678&client_id=1", "编码编码编码编码"])
def test_what_is_no_code_is_not_filed(
    settings: Settings, database: Database, channel: Channel, now: datetime, code: str
) -> None:
    with pytest.raises(ValueError, match="no code"):
        file_code(database, settings, channel=channel.id, code=code, return_to=BACK, by=BY, now=now)


def test_a_channel_of_another_platform_gets_no_code(
    settings: Settings, database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(kind=ChannelKind.WECHAT))

    with pytest.raises(ConnectRefused) as refused:
        file_code(database, settings, channel=channel.id, code=CODE, return_to=BACK, by=BY, now=now)
    assert refused.value.problem is ConnectProblem.OTHER_KIND
