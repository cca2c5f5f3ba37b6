"""A unit's own system pushes: signed by its key, each push once."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.people.push_keys import revoke_key
from indexer.people.signatures import SCHEME, Message, code_of
from indexer.records.database import Database
from indexer.records.sealing import KEY_FILE
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove
from tests.operators import OPERATOR
from tests.programs import BODY, LINK, PUSH, Program, Send, filed, program_of, refused, written


def test_the_same_request_again_has_the_same_answer_and_files_nothing(send: Send, database: Database) -> None:
    answers = [send(once="push-0001") for _ in range(3)]

    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}
    assert len(filed(database)) == 1


def test_the_same_idempotency_key_for_another_push_is_a_conflict(send: Send, database: Database) -> None:
    send(once="push-0001")

    words = refused(send(written(channel="channel-a", url=LINK + "?2"), once="push-0001"), 409, "conflict")

    assert "Idempotency-Key" in words
    assert len(filed(database)) == 1


def test_two_keys_of_a_unit_do_not_share_idempotency_keys(
    send: Send, client: FlaskClient, database: Database, settings: Settings
) -> None:
    other = program_of(database, settings, UnitId("unit-a"))
    body = written(channel="channel-a", url=LINK + "?2")
    send(once="push-0001")

    assert client.post(PUSH, data=body, headers=other.heads(PUSH, body, once="push-0001")).status_code == 202


@pytest.mark.parametrize("once", ["short", "x" * 65, "with space", "a;b;c;d;e"])
def test_an_idempotency_key_that_is_none_is_refused_rightly_signed(send: Send, database: Database, once: str) -> None:
    assert "Idempotency-Key" in refused(send(once=once), 400, "bad_request")
    assert filed(database) == []


def test_an_idempotency_key_that_was_not_signed_is_refused(send: Send, database: Database) -> None:
    refused(send(heads={"Idempotency-Key": "push-0002"}), 401, "unauthorized")
    assert filed(database) == []


def test_without_an_idempotency_key_nothing_is_filed(client: FlaskClient, program: Program, database: Database) -> None:
    message = Message(method="POST", path=PUSH, once="", body=BODY)
    time, nonce = int(times.now().timestamp()), "n" * 16
    code = code_of(program.secret, message, time=time, nonce=nonce)
    signed = f"{SCHEME} key={program.key}, time={time}, nonce={nonce}, signature={code}"

    answer = client.post(PUSH, data=BODY, headers={"Authorization": signed, "Content-Type": "application/json"})

    assert "Idempotency-Key" in refused(answer, 400, "bad_request")
    assert filed(database) == []


FORGED = {
    "no signature": lambda good: "",
    "a password": lambda good: "Basic dW5pdDpzZWNyZXQ=",
    "another scheme": lambda good: good.replace(SCHEME, "HMAC"),
    "another code": lambda good: good[:-64] + "0" * 64,
    "a code of other digits": lambda good: good[:-64] + "０" * 64,
    "capitals": lambda good: good[:-64] + good[-64:].upper(),
    "one digit less": lambda good: good[:-1],
    "two of them": lambda good: f"{good}, {good}",
    "more behind it": lambda good: f"{good}, admin=1",
    "another key": lambda good: good.replace("key=", "key=0"),
    "another time": lambda good: good.replace("time=", "time=0"),
    "another nonce": lambda good: good.replace("nonce=", "nonce=x"),
    "a nonce that is too short": lambda good: good.replace(good.split("nonce=")[1].split(",")[0], "x"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=list(FORGED))
def test_what_is_forged_is_refused_in_words(
    client: FlaskClient, program: Program, database: Database, forge: Callable[[str], str]
) -> None:
    heads = program.heads(PUSH, BODY)
    heads["Authorization"] = forge(heads["Authorization"]).encode().decode("latin-1")

    answer = client.post(PUSH, data=BODY, headers=heads)

    assert "没有用有效的密钥签名" in refused(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == SCHEME
    assert filed(database) == []


@pytest.mark.parametrize(
    ("path", "body", "once"),
    [(PUSH, BODY + b" ", ""), (PUSH, BODY, "another-key-0001"), (f"{PUSH}?lang=en", BODY, ""), (f"{PUSH}?", BODY, "x")],
)
def test_what_was_changed_after_it_was_signed_is_refused(
    client: FlaskClient, program: Program, path: str, body: bytes, once: str
) -> None:
    heads = program.heads(PUSH, BODY)
    if once:
        heads["Idempotency-Key"] = once

    answer = client.post(path, data=body, headers=heads)

    assert "签名" in refused(answer, 401, "unauthorized") or "not signed" in answer.text


def test_a_signature_of_another_method_is_refused(client: FlaskClient, program: Program) -> None:
    path = f"{PUSH}/x"

    refused(client.get(path, headers=program.heads(path, method="POST")), 401, "unauthorized")


@pytest.mark.parametrize("minutes", [-6, 6, -60 * 24 * 365])
def test_a_signature_of_another_time_is_refused_and_says_why(
    client: FlaskClient, program: Program, minutes: int
) -> None:
    heads = program.heads(PUSH, BODY, at=times.now() + timedelta(minutes=minutes))

    assert "五分钟" in refused(client.post(PUSH, data=BODY, headers=heads), 401, "unauthorized")


def test_what_was_sent_before_is_not_taken_again(client: FlaskClient, program: Program, database: Database) -> None:
    heads = program.heads(PUSH, BODY)
    first = client.post(PUSH, data=BODY, headers=heads)

    words = refused(client.post(PUSH, data=BODY, headers=heads), 401, "unauthorized")

    assert (first.status_code, len(filed(database))) == (202, 1)
    assert "nonce" in words


def test_a_revoked_key_signs_nothing_any_more(send: Send, database: Database, program: Program) -> None:
    revoke_key(database, program.key, by=OPERATOR, now=times.now())

    assert "密钥已撤销" in refused(send(), 401, "unauthorized")


def test_a_key_that_this_machine_cannot_open_asks_for_a_new_one(send: Send, settings: Settings) -> None:
    (settings.data_folder / KEY_FILE).unlink()

    assert "新建密钥" in refused(send(), 401, "unauthorized")


def test_a_push_that_was_refused_may_come_again_under_its_key(send: Send, database: Database, channel: Channel) -> None:
    step(database, channel.id, WhitelistMove.SUSPEND, who=OPERATOR, why="示例", now=times.now())
    suspended = send(once="push-0001")
    step(database, channel.id, WhitelistMove.APPROVE, who=OPERATOR, why="示例", now=times.now())

    assert (suspended.status_code, send(once="push-0001").status_code) == (403, 202)


@pytest.mark.usefixtures("limited")
def test_who_asks_too_often_is_told_when_to_come_again(send: Send) -> None:
    answers = [send(once="push-0001") for _ in range(61)]

    assert {answer.status_code for answer in answers[:-1]} == {202}
    refused(answers[-1], 429, "too_many")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 600 + 1  # windows end with a whole second, rounded up


@pytest.mark.usefixtures("limited")
def test_strangers_are_counted_too(client: FlaskClient) -> None:
    codes = {client.get(f"{PUSH}/x").status_code for _ in range(121)}

    assert codes == {401, 429}


def test_no_answer_holds_a_secret(send: Send, program: Program) -> None:
    answers = [send(), send(b"{"), send(heads={"Authorization": "x"})]

    assert [program.secret in json.dumps([answer.text, str(answer.headers)]) for answer in answers] == [False] * 3
    assert len(secrets.token_hex(32)) == len(program.secret)
