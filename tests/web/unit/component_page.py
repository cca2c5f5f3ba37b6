"""A unit whose account may authorise this site's third-party platform: the way there, as a person goes it. Fixtures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from config.settings import Settings
from config.words import ChannelKind
from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.callbacks import COMPONENT, COMPONENT_KEYS

DESK = "/unit/"
PAGE, CODE = "/unit/channels/account/connect", "queryauthcode@@@a1-B2_c3"
Browse = Callable[[User], FlaskClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path,
        wechat_component_appid=COMPONENT,
        wechat_component_secret=SecretStr("c0mp0nent"),
        wechat_component_token=SecretStr(COMPONENT_KEYS.token),
        wechat_component_aes_key=SecretStr(COMPONENT_KEYS.aes_key),
    )


@pytest.fixture
def account(database: Database, channel: Channel) -> Channel:
    """A WeChat account of the unit of `channel`."""
    made = replace(channel, id=ChannelId("account"), kind=ChannelKind.WECHAT, name="示例馆公众号", source="wechat_api")
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def person(make_user: Callable[..., User], account: Channel) -> User:
    return make_user("单位甲", role=Role.UNIT, unit=account.unit)


@pytest.fixture
def unit_client(browse: Browse, person: User) -> FlaskClient:
    return browse(person)


def newest(database: Database, kind: InboxKind) -> Filed | None:
    with database.reading() as tx:
        return next(iter(inbox.newest(tx, kind)), None)


def made_ready(client: FlaskClient, database: Database, settings: Settings, *, page: str = PAGE) -> None:
    """Press the button, and let the collector answer."""
    assert client.post(f"{page}/component").status_code == 303
    ends = times.now() + timedelta(minutes=10)
    outcome = Outcome(became=Became.READ, text=seal(settings, "preauthcode@@@1"), published=ends.isoformat())
    with database.transaction() as tx:
        (filed,) = inbox.claim_waiting(tx, [InboxKind.AUTHORISE], holder="test", now=times.now(), limit=1)
        inbox.done(tx, filed.id, holder="test", outcome=outcome, at=times.now())


def way(client: FlaskClient, *, page: str = PAGE) -> str:
    """Return the address at WeChat that the page leads to; empty where it leads nowhere."""
    text = client.get(page).text
    begins = text.find("https://mp.weixin.qq.com/cgi-bin/componentloginpage")
    return text[begins : text.index('"', begins)].replace("&amp;", "&") if begins >= 0 else ""


def state_of(address: str) -> str:
    back = parse_qs(urlsplit(address).query)["redirect_uri"][0]
    return parse_qs(urlsplit(back).query)["state"][0]


def back(state: str, *, code: str = CODE, **more: str) -> str:
    return "/unit/connect/component/return?" + urlencode(
        {"state": state, "auth_code": code, "expires_in": "600", **more}
    )
