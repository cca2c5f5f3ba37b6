"""Calls with a connection, to a stand-in for WeChat on loopback: the token filled in, fetched once, asked once more."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.settings import Settings
from crawler.credentials.filling import CredentialUnusable
from crawler.exchange import Ask
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat.calls import QUOTAS, list_ask, publication_ask
from indexer.base.ids import ChannelId
from indexer.base.times import BEIJING
from indexer.connections.records import Connection, ConnectionState
from indexer.records import connections, platform_calls, tokens
from indexer.records.database import Database
from tests.conftest import NOW
from tests.crawler.platforms.standing_in import APPID, LIST_PATH, REFUSED, SECRET, TOKEN_PATH, StandIn

EMPTY = {"total_count": 0, "item_count": 0, "item": []}
ASK = list_ask(ChannelId("account"))


@pytest.fixture
def caller(settings: Settings, database: Database, connection: Connection, stand_in: StandIn) -> Caller:
    stand_in.answers[LIST_PATH] = lambda _: EMPTY
    return Caller(settings, database, clock=lambda: NOW)


def counted(database: Database) -> dict[str, int]:
    with database.reading() as tx:
        found = platform_calls.calls_of(tx, [f"account {APPID}"], day=NOW.astimezone(BEIJING).date())
    return {call: number for (_, call), number in found.items()}


def state(database: Database) -> ConnectionState:
    with database.reading() as tx:
        kept = connections.connection(tx, ChannelId("account"))
    assert kept is not None
    return kept.state


def test_the_token_stands_in_the_query_and_the_rest_in_the_body(caller: Caller, stand_in: StandIn) -> None:
    answer = caller.send(ASK)

    [fetched], [listed] = stand_in.asked(TOKEN_PATH), stand_in.asked(LIST_PATH)
    assert fetched.asked == {
        "grant_type": "client_credential",
        "appid": APPID,
        "secret": SECRET,
        "force_refresh": False,
    }
    assert (listed.query, listed.asked) == ("access_token=token-1", {"offset": 0, "count": 20, "no_content": 1})
    assert listed.host == "api.weixin.qq.com"
    assert answer.url == "https://api.weixin.qq.com/cgi-bin/freepublish/batchget"
    assert answer.about["page"] == "wechat_list"


def test_one_token_serves_many_calls_and_each_call_counts(
    caller: Caller, stand_in: StandIn, database: Database
) -> None:
    for _ in range(3):
        caller.send(ASK)

    assert len(stand_in.asked(TOKEN_PATH)) == 1
    assert counted(database) == {"token": 1, "batchget": 3}


def test_a_token_that_is_refused_is_fetched_anew_and_the_call_made_once_more(
    caller: Caller, stand_in: StandIn, database: Database
) -> None:
    caller.send(ASK)
    stand_in.valid = "token-2"

    answer = caller.send(ASK)

    assert b"40001" not in answer.body
    assert [one.token for one in stand_in.asked(LIST_PATH)] == ["token-1", "token-1", "token-2"]
    assert counted(database) == {"token": 2, "batchget": 3}


def test_a_token_that_is_refused_twice_is_what_the_source_reads(caller: Caller, stand_in: StandIn) -> None:
    stand_in.said[LIST_PATH] = [REFUSED, REFUSED, EMPTY]

    answer = caller.send(ASK)

    assert b"40001" in answer.body
    assert len(stand_in.asked(LIST_PATH)) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"errcode": 40125, "errmsg": "invalid appsecret"}, "不接受登记的 AppSecret（40125）"),
        ({"errcode": 40001, "errmsg": "AppSecret error"}, "不接受登记的 AppSecret（40001）"),
        ({"errcode": 40164, "errmsg": "invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist"}, "192.0.2.7"),
        ({"errcode": 45009, "errmsg": "reach max api daily quota limit"}, "token 调用次数已用完"),
        ({}, "平台忙"),
    ],
)
def test_why_there_is_no_token_is_said_and_nothing_else_is_asked(
    caller: Caller, stand_in: StandIn, said: dict[str, object], words: str
) -> None:
    stand_in.said[TOKEN_PATH] = [said]

    with pytest.raises(PlatformRefused, match=words):
        caller.send(ASK)

    assert stand_in.asked(LIST_PATH) == []


def test_a_call_beyond_half_of_the_quota_is_not_made(caller: Caller, stand_in: StandIn, database: Database) -> None:
    with database.transaction() as tx:
        day = NOW.astimezone(BEIJING).date()
        platform_calls.spend(tx, caller=f"account {APPID}", call="batchget", day=day, most=QUOTAS["batchget"])

    with pytest.raises(PlatformRefused, match="明天自动继续"):
        caller.send(ASK)

    assert stand_in.asked(LIST_PATH) == []


def test_a_quota_that_the_platform_says_is_spent_is_asked_for_no_more_this_day(
    caller: Caller, stand_in: StandIn, database: Database
) -> None:
    stand_in.said[LIST_PATH] = [{"errcode": 45009, "errmsg": "reach max api daily quota limit"}]
    caller.send(ASK)

    with pytest.raises(PlatformRefused, match="明天自动继续"):
        caller.send(ASK)

    assert counted(database)["batchget"] == QUOTAS["batchget"]
    assert caller.send(publication_ask(ChannelId("account"), "A", leads_to=())).status == 200


@pytest.mark.parametrize(
    ("code", "after"),
    [(61003, ConnectionState.WITHDRAWN), (42007, ConnectionState.EXPIRED), (48001, ConnectionState.CONNECTED)],
)
def test_an_authorisation_that_ended_at_the_platform_is_noted(
    caller: Caller, stand_in: StandIn, database: Database, code: int, after: ConnectionState
) -> None:
    stand_in.said[LIST_PATH] = [{"errcode": code, "errmsg": "no"}]

    caller.send(ASK)

    assert state(database) is after


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (ConnectionState.EXPIRED, "到期"),
        (ConnectionState.WITHDRAWN, "取消"),
        (ConnectionState.DISCONNECTED, "还没有连接平台"),
    ],
)
def test_without_a_connection_that_holds_nothing_is_asked(
    caller: Caller,
    stand_in: StandIn,
    connection: Connection,
    save: Callable[..., Connection],
    held: ConnectionState,
    words: str,
) -> None:
    save(connection, state=held)

    with pytest.raises(PlatformRefused, match=words):
        caller.send(ASK)

    assert stand_in.called == []


def test_a_channel_that_was_never_connected_is_told_so(caller: Caller) -> None:
    with pytest.raises(PlatformRefused, match="还没有连接平台"):
        caller.send(list_ask(ChannelId("other")))


def test_a_secret_that_this_machine_cannot_open_is_said(
    caller: Caller, connection: Connection, save: Callable[..., Connection]
) -> None:
    save(connection, sealed="gAAAA")

    with pytest.raises(PlatformRefused, match="本机打不开"):
        caller.send(ASK)


def test_a_token_goes_to_its_platforms_hosts_alone(caller: Caller, stand_in: StandIn) -> None:
    with pytest.raises(CredentialUnusable, match="只发给 api"):
        caller.send(replace(ASK, url="https://elsewhere.example/cgi-bin/freepublish/batchget"))

    assert stand_in.asked(LIST_PATH) == []


def test_a_credential_that_an_operator_set_is_opened_as_before(caller: Caller) -> None:
    with pytest.raises(CredentialUnusable, match="没有名为 trial 的凭据"):
        caller.send(Ask(url="https://api.weixin.qq.com/", credential="trial"))


def test_neither_secret_nor_token_stands_in_records_or_logs(
    caller: Caller, database: Database, settings: Settings, stand_in: StandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in.said[LIST_PATH] = [REFUSED]
    caller.send(ASK)

    with database.reading() as tx:
        kept = tokens.token(tx, f"wechat:{APPID}")
    printed = capfd.readouterr()
    assert kept is not None
    assert "token-1" not in kept.sealed
    assert not [word for word in (SECRET, "token-1") if word in printed.out + printed.err]
