"""A unit, or an administrator, connects a channel with its platform, and ends it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from config.words import ChannelKind
from indexer.base import times
from indexer.base.changes import ChangeKind
from indexer.base.ids import ChannelId, UnitId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, connections, inbox, ledger, tokens
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from indexer.records.sealing import seal, unseal
from indexer.records.tokens import SealedToken
from indexer.whitelist.records import Channel
from web.unit.connecting import connect

APPID, SECRET, AES_KEY = "wx00000000000000ab", "0123456789abcdef0123456789abcdef", "a" * 43
PAGE = "/unit/channels/account/connect"


@pytest.fixture
def account(database: Database, channel: Channel) -> Channel:
    """A WeChat account of the unit of `channel`."""
    made = replace(channel, id=ChannelId("account"), kind=ChannelKind.WECHAT, name="示例馆公众号", source=None)
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User], account: Channel) -> FlaskClient:
    return browse(make_user("单位甲", role=Role.UNIT, unit=account.unit))


@pytest.fixture
def connected(database: Database, settings: Settings, account: Channel) -> Connection:
    made = Connection(
        channel=account.id,
        platform=Platform.WECHAT,
        account=APPID,
        name="示例馆",
        new_name="示例科技馆",
        sealed=seal(settings, SECRET),
        who="单位甲",
        at=times.now(),
    )
    kept = SealedToken(name=f"wechat:{APPID}", sealed="x", expires_at=times.now(), fetched_at=times.now())
    with database.transaction() as tx:
        connections.save(tx, made)
        tokens.keep(tx, kept)
    return made


def form(**fields: str) -> dict[str, str]:
    return {"appid": APPID, "secret": SECRET, **fields}


def waiting(database: Database) -> list[Filed]:
    with database.reading() as tx:
        return inbox.newest(tx, InboxKind.CONNECT)


def test_appid_and_secret_are_filed_sealed_and_never_shown(
    unit_client: FlaskClient, database: Database, settings: Settings
) -> None:
    sent = unit_client.post(f"{PAGE}/wechat", data=form(token="abc123", aes_key=AES_KEY))
    page = unit_client.get(PAGE).text

    [filed] = waiting(database)
    assert (sent.status_code, sent.headers["Location"]) == (303, PAGE)
    assert (filed.payload["platform"], filed.payload["account"], filed.channel) == ("wechat", APPID, "account")
    assert unseal(settings, filed.payload["sealed"]) == SECRET
    assert json.loads(unseal(settings, filed.payload["callback_sealed"]) or "") == {
        "token": "abc123",
        "aes_key": AES_KEY,
    }
    assert SECRET not in str(filed)
    assert SECRET not in page
    assert "采集程序正在向平台核对" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"appid": "wx1"}, "AppID 是"),
        ({"appid": ""}, "AppID 是"),
        ({"secret": "短"}, "AppSecret 是"),
        ({"token": "abc123"}, "两项都要填写"),
        ({"token": "abc123", "aes_key": "短"}, "两项都要填写"),
    ],
)
def test_what_can_be_no_appid_or_secret_is_not_filed(
    unit_client: FlaskClient, database: Database, fields: dict[str, str], words: str
) -> None:
    sent = unit_client.post(f"{PAGE}/wechat", data=form(**fields))

    assert sent.status_code == 400
    assert words in sent.text
    assert SECRET not in sent.text
    assert waiting(database) == []


def test_why_a_try_failed_stands_on_the_page(unit_client: FlaskClient, database: Database, account: Channel) -> None:
    words = "微信拒绝了采集服务器的 IP（40164）。请在公众平台把 IP 192.0.2.7 加入白名单"
    with database.transaction() as tx:
        filed = inbox.file(
            tx, InboxKind.CONNECT, channel=account.id, payload={"account": APPID}, who="单位甲", at=times.now()
        )
        inbox.claim_waiting(tx, [InboxKind.CONNECT], holder="h", now=times.now(), limit=1)
        outcome = Outcome(became=Became.NOT_CONNECTED, words=words)
        inbox.done(tx, filed, holder="h", outcome=outcome, at=times.now())

    page = unit_client.get(PAGE).text

    assert words in page
    assert "未连接" in page


def test_a_connection_is_ended_with_its_secrets_and_tokens(
    unit_client: FlaskClient, database: Database, connected: Connection
) -> None:
    sent = unit_client.post("/unit/channels/account/disconnect", follow_redirects=True)

    with database.reading() as tx:
        kept = connections.connection(tx, connected.channel)
        token = tokens.token(tx, f"wechat:{APPID}")
        [row] = ledger.recent(tx, [ChangeKind.CHANNEL_DISCONNECTED], limit=2)
    assert kept is not None
    assert (kept.state, kept.sealed, kept.callback_sealed, kept.who) == (
        ConnectionState.DISCONNECTED,
        "",
        "",
        "单位甲",
    )
    assert token is None
    assert (row.subject, row.who) == ("account", "单位甲")
    assert "渠道已断开" in sent.text


def test_what_is_not_connected_cannot_be_ended(unit_client: FlaskClient, account: Channel) -> None:
    sent = unit_client.post(f"/unit/channels/{account.id}/disconnect", follow_redirects=True)

    assert "这个渠道没有连接" in sent.text


def test_a_new_name_is_taken_only_as_the_person_saw_it(
    unit_client: FlaskClient, database: Database, connected: Connection
) -> None:
    page = unit_client.get(PAGE).text
    stale = unit_client.post(f"{PAGE}/name", data={"name": "别的名称"}, follow_redirects=True).text
    taken = unit_client.post(f"{PAGE}/name", data={"name": "示例科技馆"}, follow_redirects=True).text

    with database.reading() as tx:
        kept = connections.connection(tx, connected.channel)
    assert "示例科技馆" in page
    assert "名称又变了" in stale
    assert "示例科技馆" in taken
    assert kept is not None
    assert (kept.name, kept.new_name) == ("示例科技馆", "")


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/wechat", f"{PAGE}/name", "/unit/channels/account/disconnect"])
def test_another_units_channel_is_as_unknown_as_none(
    address: str,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    make_unit: Callable[..., object],
    database: Database,
    account: Channel,
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一个单位"))  # type: ignore[arg-type]
    other = browse(make_user("单位乙", role=Role.UNIT, unit=UnitId("unit-b")))
    ask = other.get if address == PAGE else other.post

    assert ask(address, data=form()).status_code == 404
    assert waiting(database) == []


def test_an_administrator_connects_any_channel_and_an_editor_none(
    browse: Callable[[User], FlaskClient], make_user: Callable[..., User], account: Channel, database: Database
) -> None:
    admin = browse(make_user("管理员", role=Role.ADMIN))
    editor = browse(make_user("编辑甲", role=Role.EDITOR))

    assert editor.get(PAGE).status_code == 403
    assert admin.get(PAGE).status_code == 200
    assert admin.post(f"{PAGE}/wechat", data=form()).status_code == 303
    assert [filed.who for filed in waiting(database)] == ["管理员"]
    assert connect.__module__ == "web.unit.connecting"


def test_a_channel_of_another_platform_takes_no_appid(unit_client: FlaskClient, channel: Channel) -> None:
    sent = unit_client.post(f"/unit/channels/{channel.id}/connect/wechat", data=form())

    assert sent.status_code == 400
    assert "属于另一个平台" in sent.text or "这类渠道不需要连接" in sent.text
