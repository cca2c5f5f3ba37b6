"""What is called at a callback address: by whom, how late, about whom; and what of it is kept."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from config.settings import Settings
from indexer.connections.crypto import CallbackKeys
from indexer.connections.receiving import (
    FRESH,
    CallbackProblem,
    CallbackRefused,
    Received,
    Receiver,
    account_receiver,
    check_address,
    component_keys,
    component_receiver,
    keep,
    open_callback,
    opened_body,
)
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import connections, platform_events
from indexer.records.database import Database
from indexer.records.platform_events import PlatformEvent
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.callbacks import (
    ACCOUNT_KEYS,
    APPID,
    COMPONENT,
    COMPONENT_KEYS,
    ORIGINAL_ID,
    address_check,
    call,
    notice,
    published,
    ticket,
)

NOW = datetime(2026, 9, 20, 4, tzinfo=UTC)
ACCOUNT = Receiver(keys=ACCOUNT_KEYS, account=APPID, original_id=ORIGINAL_ID)
ITSELF = Receiver(keys=COMPONENT_KEYS)
AUTHORISED = Receiver(keys=COMPONENT_KEYS, account=APPID, original_id=ORIGINAL_ID)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path,
        wechat_component_appid=COMPONENT,
        wechat_component_token=SecretStr(COMPONENT_KEYS.token),
        wechat_component_aes_key=SecretStr(COMPONENT_KEYS.aes_key),
    )


def connect(
    database: Database, settings: Settings, channel: Channel, platform: Platform, **fields: object
) -> Connection:
    """Connect the channel; the keys of an account's callbacks with it."""
    keys = json.dumps({"token": ACCOUNT_KEYS.token, "aes_key": ACCOUNT_KEYS.aes_key})
    made = Connection(
        channel=channel.id,
        platform=platform,
        account=APPID,
        original_id=ORIGINAL_ID,
        callback_sealed=seal(settings, keys) if platform is Platform.WECHAT else "",
        who="单位甲",
        at=NOW,
    )
    made = dataclasses.replace(made, **fields)  # type: ignore[arg-type]  # fields of any kind
    with database.transaction() as tx:
        connections.save(tx, made)
    return made


def opened(
    receiver: Receiver,
    text: str,
    *,
    keys: CallbackKeys | None = None,
    late: timedelta = timedelta(0),
    body: bytes | None = None,
    **changed: str,
) -> Received:
    made = call(keys or receiver.keys, text, at=NOW.timestamp(), **changed)
    asked = {name: values[0] for name, values in parse_qs(made.query[1:], keep_blank_values=True).items()}
    return open_callback(
        receiver,
        made.body if body is None else body,
        timestamp=asked["timestamp"],
        nonce=asked["nonce"],
        signature=asked["msg_signature"],
        now=NOW + late,
    )


def kept(database: Database) -> list[PlatformEvent]:
    with database.transaction() as tx:
        return list(platform_events.claim_waiting(tx, holder="test", now=NOW, limit=100))


def test_an_account_that_is_connected_is_heard_by_its_own_keys(
    database: Database, settings: Settings, channel: Channel
) -> None:
    connect(database, settings, channel, Platform.WECHAT)

    assert account_receiver(database, settings, APPID) == ACCOUNT


def test_an_account_that_authorised_the_component_is_heard_by_the_component_s_keys(
    database: Database, settings: Settings, channel: Channel
) -> None:
    connect(database, settings, channel, Platform.COMPONENT)

    assert component_receiver(database, settings, APPID) == AUTHORISED
    assert component_receiver(database, settings) == ITSELF


@pytest.mark.parametrize("state", [ConnectionState.WITHDRAWN, ConnectionState.DISCONNECTED])
def test_an_account_whose_connection_ended_is_not_heard(
    database: Database, settings: Settings, channel: Channel, state: ConnectionState
) -> None:
    connect(database, settings, channel, Platform.WECHAT, state=state)

    with pytest.raises(CallbackRefused) as refused:
        account_receiver(database, settings, APPID)
    assert refused.value.problem is CallbackProblem.NO_RECEIVER


@pytest.mark.parametrize("sealed", ["", "not sealed here"])
def test_an_account_without_keys_that_open_is_not_heard(
    database: Database, settings: Settings, channel: Channel, sealed: str
) -> None:
    connect(database, settings, channel, Platform.WECHAT, callback_sealed=sealed)

    with pytest.raises(CallbackRefused) as refused:
        account_receiver(database, settings, APPID)
    assert refused.value.problem is CallbackProblem.NO_RECEIVER


def test_each_way_of_connecting_has_its_own_address(database: Database, settings: Settings, channel: Channel) -> None:
    connect(database, settings, channel, Platform.COMPONENT)

    with pytest.raises(CallbackRefused):
        account_receiver(database, settings, APPID)
    with pytest.raises(CallbackRefused):
        component_receiver(database, settings, "wx-of-nobody")


@pytest.mark.parametrize(
    "changed",
    [
        {"wechat_component_appid": ""},
        {"wechat_component_token": None},
        {"wechat_component_aes_key": None},
        {"wechat_component_aes_key": SecretStr("too short")},
    ],
)
def test_a_component_that_is_not_set_up_is_not_heard(
    database: Database, settings: Settings, changed: dict[str, object]
) -> None:
    without = settings.model_copy(update=changed)

    assert component_keys(without) is None
    with pytest.raises(CallbackRefused) as refused:
        component_receiver(database, without)
    assert refused.value.problem is CallbackProblem.NO_RECEIVER


def test_a_trial_of_the_address_is_signed_and_fresh() -> None:
    asked = {
        name: values[0] for name, values in parse_qs(address_check(ACCOUNT_KEYS, "1", at=NOW.timestamp())[1:]).items()
    }
    asked.pop("echostr")

    check_address(ACCOUNT, **asked, now=NOW + FRESH)

    for wrong, problem in (
        ({"nonce": "x"}, CallbackProblem.SIGNATURE),
        ({"signature": ""}, CallbackProblem.SIGNATURE),
        ({"timestamp": "1"}, CallbackProblem.STALE),
        ({"timestamp": "soon"}, CallbackProblem.STALE),
        ({"timestamp": "1" * 5000}, CallbackProblem.STALE),
        ({"timestamp": ""}, CallbackProblem.STALE),
    ):
        with pytest.raises(CallbackRefused) as refused:
            check_address(ACCOUNT, **(asked | wrong), now=NOW)
        assert refused.value.problem is problem


@pytest.mark.parametrize("late", [FRESH + timedelta(seconds=1), -FRESH - timedelta(seconds=1)])
def test_what_is_old_or_of_the_future_is_refused_rightly_signed(late: timedelta) -> None:
    with pytest.raises(CallbackRefused) as refused:
        opened(ACCOUNT, published("http://a.example/1"), late=late)
    assert refused.value.problem is CallbackProblem.STALE


def test_what_comes_within_five_minutes_is_opened() -> None:
    received = opened(ACCOUNT, published("http://a.example/1"), late=FRESH)

    assert received.event.publication is not None
    assert received.event.publication.urls == ("http://a.example/1",)


@pytest.mark.parametrize("body", [b"", b"<xml/>", b"<xml><Encrypt>QUJD</Encrypt></xml>"])
def test_a_body_that_was_not_signed_is_refused_as_such(body: bytes) -> None:
    problems = set()
    with pytest.raises(CallbackRefused) as refused:
        opened(ACCOUNT, "<xml/>", body=body)
    problems.add(refused.value.problem)
    assert problems <= {CallbackProblem.SIGNATURE, CallbackProblem.BODY}


@pytest.mark.parametrize("text", ["", "no XML", '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', "<xml>"])
def test_a_signed_message_with_a_body_that_is_refused_is_refused(text: str) -> None:
    with pytest.raises(CallbackRefused) as refused:
        opened(ACCOUNT, text)
    assert refused.value.problem is CallbackProblem.BODY


def test_a_message_for_another_receiver_under_the_same_keys_is_refused() -> None:
    other = dataclasses.replace(ACCOUNT_KEYS, receiver="wx-of-another")

    with pytest.raises(CallbackRefused) as refused:
        opened(ACCOUNT, published(), keys=other)
    assert refused.value.problem is CallbackProblem.RECEIVER


@pytest.mark.parametrize(
    ("receiver", "text"),
    [
        (ITSELF, published("http://a.example/1")),
        (AUTHORISED, ticket("t@1")),
        (ACCOUNT, ticket("t@1")),
        (ITSELF, notice("authorized", component="wx-of-another")),
        (AUTHORISED, published("http://a.example/1", to="gh_of_another")),
        (ACCOUNT, published("http://a.example/1", to="gh_of_another")),
    ],
)
def test_what_is_signed_must_be_about_whom_the_address_names(receiver: Receiver, text: str) -> None:
    with pytest.raises(CallbackRefused) as refused:
        opened(receiver, text)
    assert refused.value.problem is CallbackProblem.ACCOUNT


def test_an_account_whose_original_id_is_not_known_yet_is_heard() -> None:
    unknown = dataclasses.replace(ACCOUNT, original_id="")

    assert opened(unknown, published("http://a.example/1")).event.to == ORIGINAL_ID


def test_an_event_is_kept_once_however_often_and_in_whatever_envelope_it_comes(
    database: Database, settings: Settings
) -> None:
    texts = [published("http://a.example/1", at=1790000000 + again) for again in range(3)]

    told = [keep(database, settings, opened(ACCOUNT, text), now=NOW) for text in texts]

    assert told == [True, False, False]
    (event,) = kept(database)
    assert (event.account, event.kind, event.body) == (APPID, "PUBLISHJOBFINISH", texts[0])


def test_the_same_event_of_two_accounts_is_two(database: Database, settings: Settings) -> None:
    other = dataclasses.replace(ACCOUNT, account="wx-of-another")

    told = [keep(database, settings, opened(one, published("http://a.example/1")), now=NOW) for one in (ACCOUNT, other)]

    assert told == [True, True]


def test_ticket_and_code_are_kept_sealed(database: Database, settings: Settings) -> None:
    keep(database, settings, opened(ITSELF, ticket("t@1")), now=NOW)
    keep(database, settings, opened(ITSELF, notice("authorized", AuthorizationCode="c@1")), now=NOW)

    first, second = kept(database)

    assert first.account == second.account == COMPONENT
    assert "t@1" not in first.body
    assert "c@1" not in second.body
    assert "t@1" in (opened_body(settings, first.body, is_sealed=True) or "")
    assert opened_body(settings, second.body, is_sealed=False) == second.body


@pytest.mark.parametrize("text", ["<xml><MsgType>text</MsgType><Content>您好</Content></xml>", "<xml/>"])
def test_what_readers_write_to_an_account_is_kept_nowhere(database: Database, settings: Settings, text: str) -> None:
    unknown = dataclasses.replace(ACCOUNT, original_id="")

    assert not keep(database, settings, opened(unknown, text), now=NOW)
    assert kept(database) == []
