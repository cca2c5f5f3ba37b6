"""Callbacks over the site: an address is tried, events are kept once, and all is answered with `success`."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.connections.crypto import CallbackKeys
from indexer.records.database import Database
from tests.callbacks import (
    ACCOUNT_KEYS,
    APPID,
    COMPONENT,
    COMPONENT_KEYS,
    address_check,
    call,
    mass_sent,
    published,
    ticket,
)
from tests.web.callbacks.conftest import AUTHORISED, kept
from web.callbacks.views import DONE

OWN, COMPONENTS, ITS_ACCOUNT = (
    f"/callbacks/wechat/{APPID}",
    "/callbacks/component",
    f"/callbacks/component/{AUTHORISED}",
)
TEXT = "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "keys"), [(OWN, ACCOUNT_KEYS), (COMPONENTS, COMPONENT_KEYS), (ITS_ACCOUNT, COMPONENT_KEYS)]
)
def test_an_address_that_is_tried_says_what_it_is_asked_to(
    client: FlaskClient, address: str, keys: CallbackKeys
) -> None:
    answer = client.get(address + address_check(keys, "5577006791947779410"))

    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (200, "5577006791947779410", TEXT)


@pytest.mark.parametrize("echo", ["", "<script>alert(1)</script>", "a b", "x" * 401, "回声"])
def test_nothing_else_is_said_back(client: FlaskClient, echo: str) -> None:
    answer = client.get(OWN + address_check(ACCOUNT_KEYS, echo))

    assert (answer.status_code, answer.data) == (403, b"")


def test_events_of_all_three_addresses_are_kept_and_answered_with_success(
    client: FlaskClient, database: Database
) -> None:
    sent = (
        (OWN, call(ACCOUNT_KEYS, published("http://a.example/1"))),
        (COMPONENTS, call(COMPONENT_KEYS, ticket("t@1"))),
        (ITS_ACCOUNT, call(COMPONENT_KEYS, mass_sent("http://b.example/1", to="gh_b"))),
    )

    answers = [client.post(address + one.query, data=one.body, content_type="text/xml") for address, one in sent]

    assert {(one.status_code, one.text, one.headers["Content-Type"]) for one in answers} == {(200, DONE, TEXT)}
    assert [(one.account, one.kind) for one in kept(database)] == [
        (APPID, "PUBLISHJOBFINISH"),
        (COMPONENT, "component_verify_ticket"),
        (AUTHORISED, "MASSSENDJOBFINISH"),
    ]


def test_what_is_sent_again_is_answered_the_same_and_kept_once(client: FlaskClient, database: Database) -> None:
    one = call(ACCOUNT_KEYS, published("http://a.example/1"))
    again = call(ACCOUNT_KEYS, published("http://a.example/1"))

    answers = [client.post(OWN + each.query, data=each.body) for each in (one, one, again)]

    assert [each.text for each in answers] == ["success"] * 3
    assert len(kept(database)) == 1


def test_what_a_reader_writes_is_answered_and_not_kept(client: FlaskClient, database: Database) -> None:
    text = "<xml><ToUserName>gh_0123456789ab</ToUserName><MsgType>text</MsgType><Content>您好</Content></xml>"
    one = call(ACCOUNT_KEYS, text)

    assert client.post(OWN + one.query, data=one.body).text == "success"
    assert kept(database) == []


@pytest.mark.parametrize("content_type", [None, "text/xml", "application/xml; charset=utf-8", "text/plain"])
def test_whatever_type_the_body_says_it_is_its_signature_counts(
    client: FlaskClient, database: Database, content_type: str | None
) -> None:
    one = call(ACCOUNT_KEYS, published("http://a.example/1"))

    assert client.post(OWN + one.query, data=one.body, content_type=content_type).text == "success"


def test_no_token_of_a_form_is_needed_and_no_cookie_counts(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    one = call(ACCOUNT_KEYS, published("http://a.example/1"))

    answer = client.post(OWN + one.query, data=one.body)

    assert (answer.text, "Set-Cookie" in answer.headers) == ("success", False)
