"""Calls that are refused: without a word, with nothing kept, and counted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from structlog.testing import capture_logs

from config.settings import Settings
from indexer.records.database import Database
from indexer.search.port import SearchIndex
from tests.callbacks import ACCOUNT_KEYS, APPID, COMPONENT_KEYS, address_check, call, published, ticket
from tests.web.callbacks.conftest import AUTHORISED, kept
from web.app.bodies import CALLBACK_BYTES
from web.app.factory import create_app
from web.callbacks.check import RECEIVERS

OWN, COMPONENTS = f"/callbacks/wechat/{APPID}", "/callbacks/component"
EVENT = published("http://a.example/1")


@pytest.mark.parametrize(
    "changed", [{"msg_signature": ""}, {"msg_signature": "0" * 40}, {"timestamp": "1"}, {"nonce": "1"}]
)
def test_a_call_that_is_not_signed_so_is_refused_without_a_word(
    client: FlaskClient, database: Database, changed: dict[str, str]
) -> None:
    one = call(ACCOUNT_KEYS, EVENT, at=None, **changed)

    answer = client.post(OWN + one.query, data=one.body)

    assert (answer.status_code, answer.data) == (403, b"")
    assert kept(database) == []


def test_a_message_that_is_not_encrypted_is_not_taken_though_the_query_is_signed(
    client: FlaskClient, database: Database
) -> None:
    one = call(ACCOUNT_KEYS, EVENT)

    answer = client.post(OWN + one.query, data=EVENT.encode())

    assert (answer.status_code, kept(database)) == (403, [])


@pytest.mark.parametrize(
    "address",
    [
        "/callbacks/wechat/wx-of-nobody",
        f"/callbacks/wechat/{AUTHORISED}",
        f"/callbacks/component/{APPID}",
        "/callbacks/component/wx-of-nobody",
    ],
)
def test_where_nobody_can_be_called_there_is_nothing(client: FlaskClient, address: str) -> None:
    one = call(ACCOUNT_KEYS, EVENT)

    posted = client.post(address + one.query, data=one.body)
    tried = client.get(address + address_check(COMPONENT_KEYS, "1"))

    assert [(each.status_code, each.data) for each in (posted, tried)] == [(404, b"")] * 2


def test_without_a_component_its_address_is_none(settings: Settings, database: Database, index: SearchIndex) -> None:
    without = settings.model_copy(update={"wechat_component_token": None})
    client = create_app(without, database=database, index=index).test_client()
    one = call(COMPONENT_KEYS, ticket("t@1"))

    assert client.post(COMPONENTS + one.query, data=one.body).status_code == 404


def test_the_log_says_why_and_holds_nothing_of_the_call(client: FlaskClient) -> None:
    one = call(ACCOUNT_KEYS, EVENT, nonce="1")

    with capture_logs() as logs:
        client.post(OWN + one.query, data=one.body)

    (line,) = [each for each in logs if each["event"] == "callback_refused"]
    assert (line["problem"], line["account"], line["endpoint"]) == ("wrong_signature", APPID, "callbacks.account")
    assert one.body.decode() not in str(line)


@pytest.mark.parametrize("bytes_more", [1, CALLBACK_BYTES])
def test_a_body_that_is_too_large_is_not_read(client: FlaskClient, database: Database, bytes_more: int) -> None:
    one = call(ACCOUNT_KEYS, EVENT)

    answer = client.post(OWN + one.query, data=one.body.ljust(CALLBACK_BYTES + bytes_more))

    assert (answer.status_code, kept(database)) == (413, [])


@pytest.mark.usefixtures("limited")
def test_refused_calls_of_one_address_are_counted_and_right_ones_are_not(app: Flask, client: FlaskClient) -> None:
    wrong, right = call(ACCOUNT_KEYS, EVENT, nonce="1"), call(ACCOUNT_KEYS, EVENT)
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}

    many = {client.post(OWN + right.query, data=right.body).status_code for _ in range(70)}
    refused = [client.post(OWN + wrong.query, data=wrong.body).status_code for _ in range(61)]
    after = client.post(OWN + right.query, data=right.body)
    other = client.post(OWN + right.query, data=right.body, environ_overrides=elsewhere)

    assert many == {200}
    assert refused == [403] * 60 + [429]
    assert (after.status_code, after.headers["Retry-After"], other.status_code) == (429, "60", 200)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_is_known(client: FlaskClient, method: str) -> None:
    assert client.open(OWN, method=method).status_code == 405


def test_a_key_that_opens_nothing_keeps_the_component_s_address_closed(
    settings: Settings, database: Database, index: SearchIndex
) -> None:
    wrong = settings.model_copy(update={"wechat_component_aes_key": SecretStr("short")})
    client = create_app(wrong, database=database, index=index).test_client()

    assert client.get(COMPONENTS + address_check(COMPONENT_KEYS, "1")).status_code == 404


def test_each_address_of_a_callback_has_a_receiver(app: Flask) -> None:
    called = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("callbacks.")}

    assert called == set(RECEIVERS)
