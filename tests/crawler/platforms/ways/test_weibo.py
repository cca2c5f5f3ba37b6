"""crawler.platforms.ways.weibo: a code becomes the connection of the registered account, whose token asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.platforms.calling import Caller
from crawler.platforms.connecting import Connecting
from crawler.platforms.port import PlatformRefused, Verdict
from crawler.platforms.ways.weibo import WAY
from crawler.platforms.weibo import calls
from indexer.base.actors import Actor, ActorKind
from indexer.base.ids import ChannelId
from indexer.connections import desk, weibo
from indexer.connections.records import Connection, ConnectionState
from indexer.records import channels, connections, inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel, Unit
from tests.conftest import NOW
from tests.crawler.platforms.weibo.invented import UID
from tests.crawler.platforms.weibo.standing_in import (
    CODE,
    KEY,
    LIST_PATH,
    RETURN_TO,
    SECONDS,
    SECRET,
    TOKEN,
    TOKEN_PATH,
    WeiboStandIn,
)

BY = Actor(kind=ActorKind.PERSON, id="u1", name="单位甲")


@pytest.fixture
def stand_in() -> Iterator[WeiboStandIn]:
    with WeiboStandIn() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, stand_in: WeiboStandIn) -> Settings:
    return Settings(
        data_folder=tmp_path,
        stand_ins={"api.weibo.com": stand_in.host},
        weibo_app_key=KEY,
        weibo_app_secret=SecretStr(SECRET),
        fetch_seconds=5,
    )


@pytest.fixture
def database(records_url: str) -> Iterator[Database]:
    opened = Database.open(records_url)
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    made = make_channel(
        id=ChannelId("kjg-weibo"),
        kind=ChannelKind.WEIBO,
        name="示例科技馆",
        source="weibo",
        address=f"https://weibo.com/u/{UID}",
        hosts=("weibo.com",),
    )
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


Try = Callable[..., Filed]


@pytest.fixture
def try_code(settings: Settings, database: Database, channel: Channel) -> Try:
    """Bring a code back, and let the collector's step take it."""

    def bring(code: str = CODE, settings: Settings = settings) -> Filed:
        filed = weibo.file_code(database, settings, channel=channel.id, code=code, return_to=RETURN_TO, by=BY, now=NOW)
        assert Connecting(settings, database, clock=lambda: NOW).do() == 1
        with database.reading() as tx:
            (found,) = inbox.filed(tx, [filed])
        return found

    return bring


def kept(database: Database, channel: Channel) -> Connection | None:
    with database.reading() as tx:
        return connections.connection(tx, channel.id)


def register(database: Database, channel: Channel, **fields: object) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, **fields))  # type: ignore[arg-type]  # fields that a test names


def test_a_code_becomes_the_connection_of_the_registered_account(
    settings: Settings, database: Database, channel: Channel, try_code: Try
) -> None:
    tried = try_code()

    made = kept(database, channel)
    assert tried.outcome is not None
    assert tried.outcome.became is Became.CONNECTED
    assert made is not None
    assert (made.account, made.name, made.state) == (UID, "示例科技馆", ConnectionState.CONNECTED)
    assert made.expires_at == NOW + timedelta(seconds=SECONDS)
    assert unseal(settings, made.sealed) == TOKEN
    assert TOKEN not in made.sealed


def test_nothing_of_the_code_stays_behind(try_code: Try) -> None:
    assert "sealed" not in try_code().payload


def test_a_code_counts_once(stand_in: WeiboStandIn, database: Database, channel: Channel, try_code: Try) -> None:
    try_code()
    again = try_code()

    assert again.outcome is not None
    assert again.outcome.became is Became.NOT_CONNECTED
    assert "21325" in again.outcome.words
    assert kept(database, channel) is not None
    assert len(stand_in.asked(TOKEN_PATH)) == 2


def test_another_account_is_refused_and_nothing_of_it_is_kept(
    stand_in: WeiboStandIn, database: Database, channel: Channel, try_code: Try
) -> None:
    stand_in.user = "6999999999"
    tried = try_code()

    assert tried.outcome is not None
    assert tried.outcome.words == ("授权的账号不是这个渠道登记的账号（uid 6999999999）。请用渠道登记的账号重新授权")
    assert kept(database, channel) is None


def test_while_no_number_is_registered_a_person_is_told_whose_account_it_is(
    database: Database, channel: Channel, try_code: Try
) -> None:
    register(database, channel, address="https://weibo.com/kjg")
    tried = try_code()

    assert tried.outcome is not None
    assert f"“示例科技馆”（uid {UID}）" in tried.outcome.words
    assert f"https://weibo.com/u/{UID}" in tried.outcome.words
    assert kept(database, channel) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"weibo_app_secret": SecretStr("f" * 32)}, "21324"),
        ({"weibo_app_key": "", "weibo_app_secret": None}, "CARNIVAL_WEIBO_APP_KEY"),
    ],
)
def test_a_wrong_application_is_told_as_ours(
    settings: Settings, try_code: Try, fields: dict[str, object], words: str
) -> None:
    tried = try_code(settings=settings.model_copy(update=fields))

    assert tried.outcome is not None
    assert words in tried.outcome.words
    assert "管理员" in tried.outcome.words


def test_a_platform_that_says_neither_is_busy(stand_in: WeiboStandIn, try_code: Try) -> None:
    stand_in.refuses = {"surprise": True}
    tried = try_code()

    assert tried.outcome is not None
    assert "HTTP 403" in tried.outcome.words


def test_an_account_without_a_name_is_connected_by_its_number(
    stand_in: WeiboStandIn, database: Database, channel: Channel, try_code: Try
) -> None:
    stand_in.name = ""
    try_code()

    made = kept(database, channel)
    assert made is not None
    assert (made.account, made.name) == (UID, "")


def test_the_token_asks_for_the_timeline_and_stands_in_no_request_of_ours(
    stand_in: WeiboStandIn, settings: Settings, database: Database, channel: Channel, try_code: Try
) -> None:
    try_code()
    ask = calls.timeline_ask(channel.id, uid=UID)
    answer = Caller(settings, database, clock=lambda: NOW).send(ask)

    (called,) = stand_in.asked(LIST_PATH)
    assert (called.token, called.host) == (TOKEN, "api.weibo.com")
    assert answer.status == 200
    assert TOKEN not in answer.url + ask.url


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (21327, ConnectionState.EXPIRED),
        (21332, ConnectionState.EXPIRED),
        (21319, ConnectionState.WITHDRAWN),
        (10023, ConnectionState.CONNECTED),
        (21335, ConnectionState.CONNECTED),
    ],
)
def test_an_authorisation_that_ended_is_noted_and_asked_with_no_more(
    stand_in: WeiboStandIn,
    settings: Settings,
    database: Database,
    channel: Channel,
    try_code: Try,
    code: int,
    state: ConnectionState,
) -> None:
    try_code()
    stand_in.refuses = {"error": "x", "error_code": code}
    Caller(settings, database, clock=lambda: NOW).send(calls.timeline_ask(channel.id))

    made = kept(database, channel)
    assert made is not None
    assert made.state is state


def test_an_authorisation_whose_term_is_over_is_asked_with_no_more(
    stand_in: WeiboStandIn, settings: Settings, database: Database, channel: Channel, try_code: Try
) -> None:
    try_code()
    end = NOW + timedelta(seconds=SECONDS)
    Caller(settings, database, clock=lambda: end - timedelta(seconds=1)).send(calls.timeline_ask(channel.id))

    with pytest.raises(PlatformRefused) as over:
        Caller(settings, database, clock=lambda: end).send(calls.timeline_ask(channel.id))

    made = kept(database, channel)
    assert made is not None
    assert over.value.trouble.case == "authorisation_ended"
    assert (made.state, len(stand_in.asked(LIST_PATH))) == (ConnectionState.EXPIRED, 1)


def test_what_was_disconnected_asks_for_nothing(
    stand_in: WeiboStandIn, settings: Settings, database: Database, channel: Channel, try_code: Try
) -> None:
    try_code()
    ended = desk.disconnect(database, channel.id, by=BY, now=NOW)

    assert (ended.sealed, ended.expires_at) == ("", None)
    with pytest.raises(PlatformRefused) as refused:
        Caller(settings, database, clock=lambda: NOW).send(calls.timeline_ask(channel.id))
    assert refused.value.trouble.case == "no_connection"
    assert stand_in.asked(LIST_PATH) == []


def test_a_day_s_calls_are_half_of_what_the_account_has(
    stand_in: WeiboStandIn, settings: Settings, database: Database, channel: Channel, try_code: Try
) -> None:
    try_code()
    caller = Caller(settings, database, clock=lambda: NOW)
    for _ in range(WAY.quotas[calls.TIMELINE]):
        caller.send(calls.timeline_ask(channel.id))

    with pytest.raises(PlatformRefused) as spent:
        caller.send(calls.timeline_ask(channel.id))
    assert spent.value.trouble.case == "quota_spent"
    assert len(stand_in.asked(LIST_PATH)) <= 50


def test_there_is_no_token_to_fetch() -> None:
    assert WAY.token_name(None) == ""  # type: ignore[arg-type]  # of whichever connection
    with pytest.raises(NotImplementedError):
        WAY.fetch(None, "", None)  # type: ignore[arg-type]  # of whichever connection


def test_bytes_that_are_no_answer_say_nothing_of_the_authorisation() -> None:
    assert WAY.verdict(Answer(url="https://api.weibo.com/", body=b"<html>")) is Verdict.FINE
