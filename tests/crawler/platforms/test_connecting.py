"""The step that tries what people entered: a token is fetched, and the page told what came of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.settings import Settings
from crawler.platforms.connecting import TRIES, Connecting, make
from indexer.base.actors import Actor, ActorKind
from indexer.base.changes import ChangeKind
from indexer.base.ids import ChannelId
from indexer.connections import desk
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, inbox, ledger
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel
from tests.conftest import NOW
from tests.crawler.platforms.standing_in import APPID, SECRET, TOKEN_PATH, StandIn

BY = Actor(kind=ActorKind.PERSON, id="user-1", name="单位甲")


@pytest.fixture
def step(settings: Settings, database: Database) -> Connecting:
    return Connecting(settings, database, clock=lambda: NOW)


@pytest.fixture
def file(database: Database, settings: Settings, account: Channel) -> Callable[..., str]:
    def make(secret: str = SECRET, channel: ChannelId = account.id) -> str:
        return desk.file_wechat(database, settings, channel=channel, appid=APPID, secret=secret, by=BY, now=NOW)

    return make


def outcome(database: Database, filed: str) -> Outcome:
    with database.reading() as tx:
        [found] = inbox.filed(tx, [filed])
    assert found.outcome is not None
    return found.outcome


def kept(database: Database, channel: str = "account") -> Connection | None:
    with database.reading() as tx:
        return connections.connection(tx, ChannelId(channel))


def test_what_is_right_connects_the_channel(
    step: Connecting, file: Callable[..., str], database: Database, settings: Settings, stand_in: StandIn
) -> None:
    filed = file()

    assert (step.waits(), step.do(), step.waits()) == (True, 1, False)

    made = kept(database)
    assert made is not None
    assert (made.platform, made.account, made.state, made.who) == (
        Platform.WECHAT,
        APPID,
        ConnectionState.CONNECTED,
        "单位甲",
    )
    assert unseal(settings, made.sealed) == SECRET
    assert outcome(database, filed).became is Became.CONNECTED
    assert len(stand_in.asked(TOKEN_PATH)) == 1
    with database.reading() as tx:
        [row] = ledger.recent(tx, [ChangeKind.CHANNEL_CONNECTED], limit=2)
    assert (row.subject, row.who, row.actor_id, row.facts["account"]) == ("account", "单位甲", "user-1", APPID)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"errcode": 40164, "errmsg": "invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist"}, "192.0.2.7"),
        ({"errcode": 40013, "errmsg": "invalid appid"}, "AppID"),
    ],
)
def test_what_is_not_says_what_to_do_and_connects_nothing(
    step: Connecting,
    file: Callable[..., str],
    database: Database,
    stand_in: StandIn,
    said: dict[str, object],
    words: str,
) -> None:
    stand_in.said[TOKEN_PATH] = [said]
    filed = file()

    step.do()

    told = outcome(database, filed)
    assert told.became is Became.NOT_CONNECTED
    assert words in told.words
    assert kept(database) is None


def test_a_secret_is_kept_nowhere_but_in_its_connection(
    step: Connecting, file: Callable[..., str], database: Database
) -> None:
    refused, taken = file("f" * 32), file()

    step.do()
    step.do()

    with database.reading() as tx:
        payloads = [set(one.payload) for one in inbox.filed(tx, [refused, taken])]
    assert payloads == [{"account", "platform", "actor"}] * 2


def test_an_account_of_another_channel_is_refused_while_that_is_connected(
    step: Connecting,
    file: Callable[..., str],
    database: Database,
    account: Channel,
    connection: Connection,
    save: Callable[..., Connection],
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(account, id=ChannelId("second"), name="第二个公众号"))
    first = file(channel=ChannelId("second"))
    step.do()
    save(connection, state=ConnectionState.DISCONNECTED, sealed="")
    second = file(channel=ChannelId("second"))
    step.do()

    assert outcome(database, first).became is Became.NOT_CONNECTED
    assert "示例馆公众号" in outcome(database, first).words
    assert outcome(database, second).became is Became.CONNECTED
    assert (kept(database), kept(database, "second") is not None) == (None, True)


def test_what_a_person_confirmed_of_the_account_holds_when_it_is_connected_again(
    step: Connecting,
    file: Callable[..., str],
    database: Database,
    connection: Connection,
    save: Callable[..., Connection],
) -> None:
    save(connection, state=ConnectionState.EXPIRED, name="示例馆", original_id="gh_000000000001")
    file()

    step.do()

    made = kept(database)
    assert made is not None
    assert (made.state, made.name, made.original_id) == (ConnectionState.CONNECTED, "示例馆", "gh_000000000001")


def test_a_channel_that_is_gone_or_of_another_kind_is_said(
    step: Connecting, file: Callable[..., str], database: Database, account: Channel
) -> None:
    filed = file()
    with database.transaction() as tx:
        from config.words import ChannelKind

        channels.save_channel(tx, replace(account, kind=ChannelKind.WEIBO))

    step.do()

    assert "不是该平台的账号" in outcome(database, filed).words


def test_one_that_ended_a_worker_each_time_is_given_up(
    step: Connecting, file: Callable[..., str], database: Database
) -> None:
    filed = file()
    with database.transaction() as tx:
        for _ in range(TRIES):
            inbox.claim_waiting(tx, [InboxKind.CONNECT], holder="gone", now=NOW, limit=1)
            inbox.put_off(tx, filed, holder="gone", outcome=None, until=NOW)

    step.do()

    assert "已放弃" in outcome(database, filed).words


def test_a_fault_of_ours_is_told_and_the_next_ones_turn_comes(
    step: Connecting, file: Callable[..., str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.platforms.ways.wechat import WechatAccount

    filed = file()
    monkeypatch.setattr(WechatAccount, "connect", lambda *_: 1 / 0)

    step.do()

    assert "ZeroDivisionError" in outcome(database, filed).words


def test_the_step_is_made_as_its_entry_point_says(settings: Settings, database: Database) -> None:
    assert make(settings, database).name == "connections"
