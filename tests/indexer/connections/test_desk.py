"""What people do to connections."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from config.words import ChannelKind
from indexer.base.actors import Actor, ActorKind
from indexer.base.changes import ChangeKind
from indexer.base.ids import ChannelId
from indexer.connections import desk
from indexer.connections.desk import ConnectProblem, ConnectRefused
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, inbox, ledger, tokens
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.records.sealing import unseal
from indexer.records.tokens import SealedToken
from indexer.whitelist.records import Channel, Unit
from tests.conftest import NOW

APPID, SECRET = "wx00000000000000ab", "0123456789abcdef0123456789abcdef"
BY = Actor(kind=ActorKind.PERSON, id="user-1", name="单位甲")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path)


@pytest.fixture
def account(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    made = make_channel(kind=ChannelKind.WECHAT)
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def connection(database: Database, account: Channel) -> Connection:
    made = Connection(
        channel=account.id,
        platform=Platform.WECHAT,
        account=APPID,
        name="示例馆",
        sealed="s",
        callback_sealed="c",
        who="单位甲",
        at=NOW,
    )
    with database.transaction() as tx:
        connections.save(tx, made)
    return made


def held(database: Database) -> Connection:
    with database.reading() as tx:
        found = connections.connection(tx, ChannelId("channel-a"))
    assert found is not None
    return found


def test_what_is_filed_holds_its_secret_sealed(database: Database, settings: Settings, account: Channel) -> None:
    filed = desk.file_wechat(database, settings, channel=account.id, appid=APPID, secret=SECRET, by=BY, now=NOW)

    with database.reading() as tx:
        [found] = inbox.filed(tx, [filed])
    assert (found.kind, found.channel, found.who) == (InboxKind.CONNECT, account.id, "单位甲")
    assert unseal(settings, found.payload["sealed"]) == SECRET
    assert found.payload["callback_sealed"] == ""
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"appid": "wx00000000000000AB"}, ConnectProblem.APPID),
        ({"secret": "a b"}, ConnectProblem.SECRET),
        ({"token": "abc"}, ConnectProblem.CALLBACK),
        ({"aes_key": "a" * 43}, ConnectProblem.CALLBACK),
        ({"token": "abc", "aes_key": "a" * 42}, ConnectProblem.CALLBACK),
        ({"channel": ChannelId("none")}, ConnectProblem.NO_CHANNEL),
    ],
)
def test_what_cannot_be_right_is_not_filed(
    database: Database, settings: Settings, account: Channel, fields: dict[str, str], problem: ConnectProblem
) -> None:
    given = {"channel": account.id, "appid": APPID, "secret": SECRET, **fields}

    with pytest.raises(ConnectRefused) as caught:
        desk.file_wechat(database, settings, by=BY, now=NOW, **given)  # type: ignore[arg-type]  # texts, all of them

    assert caught.value.problem is problem


def test_a_channel_of_another_platform_is_refused(database: Database, account: Channel) -> None:
    with pytest.raises(ConnectRefused) as caught:
        desk.file_connect(database, Platform.WEIBO, channel=account.id, fields={}, by=BY, now=NOW)

    assert caught.value.problem is ConnectProblem.OTHER_KIND


def test_ending_one_wipes_secrets_and_tokens_and_leaves_who_did_it(database: Database, connection: Connection) -> None:
    names = [f"{kind}:{APPID}" for kind in desk.TOKENS]
    with database.transaction() as tx:
        for name in [*names, "wechat:other"]:
            tokens.keep(tx, SealedToken(name=name, sealed="t", expires_at=NOW, fetched_at=NOW))

    desk.disconnect(database, connection.channel, by=replace(BY, name="管理员"), now=NOW)

    ended = held(database)
    with database.reading() as tx:
        left = [name for name in [*names, "wechat:other"] if tokens.token(tx, name)]
        [row] = ledger.recent(tx, [ChangeKind.CHANNEL_DISCONNECTED], limit=2)
    assert (ended.state, ended.sealed, ended.callback_sealed, ended.who) == (
        ConnectionState.DISCONNECTED,
        "",
        "",
        "管理员",
    )
    assert (left, row.who) == (["wechat:other"], "管理员")
    with pytest.raises(ConnectRefused, match="not_connected"):
        desk.disconnect(database, connection.channel, by=BY, now=NOW)


def test_a_first_name_is_taken_and_another_waits_for_a_person(database: Database, connection: Connection) -> None:
    with database.transaction() as tx:
        nameless = replace(connection, name="")
        first = desk.notice_account(tx, nameless, name="示例馆", original_id="gh_000000000001", subject="北京示例馆")
        second = desk.notice_account(tx, first, name="示例科技馆")
        third = desk.notice_account(tx, second, subject="北京示例馆")
        back = desk.notice_account(tx, third, name="示例馆")

    assert (first.name, first.new_name, first.original_id, first.subject) == (
        "示例馆",
        "",
        "gh_000000000001",
        "北京示例馆",
    )
    assert [(one.name, one.new_name) for one in (second, third, back)] == [
        ("示例馆", "示例科技馆"),
        ("示例馆", "示例科技馆"),
        ("示例馆", ""),
    ]
    assert held(database) == back


def test_a_new_name_counts_once_a_person_has_seen_it(database: Database, connection: Connection) -> None:
    with database.transaction() as tx:
        desk.notice_account(tx, connection, name="示例科技馆")

    with pytest.raises(ConnectRefused, match="no_new_name"):
        desk.confirm_name(database, connection.channel, new_name="别的", by=BY, now=NOW)
    named = desk.confirm_name(database, connection.channel, new_name="示例科技馆", by=BY, now=NOW)

    with database.reading() as tx:
        [row] = ledger.recent(tx, [ChangeKind.ACCOUNT_NAME_CONFIRMED], limit=2)
    assert (named.name, named.new_name, row.facts["name"]) == ("示例科技馆", "", "示例科技馆")
    assert held(database) == named


def test_an_account_serves_one_channel_whatever_the_way(
    database: Database, connection: Connection, make_channel: Callable[..., Channel]
) -> None:
    second = ChannelId("channel-b")
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=second, kind=ChannelKind.WECHAT))
        wanted = replace(connection, channel=second, platform=Platform.COMPONENT)
        refused = desk.connect(tx, wanted, by=BY)
        connections.save(tx, replace(connection, state=ConnectionState.DISCONNECTED))
        taken = desk.connect(tx, wanted, by=BY)

    with database.reading() as tx:
        kept = [one.channel for one in connections.every(tx)]
    assert (refused and refused.channel, taken, kept) == (connection.channel, None, [second])
