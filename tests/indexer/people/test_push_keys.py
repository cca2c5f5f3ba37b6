"""Keys of units: made with a secret shown once, revoked, and what is admitted that they signed. On both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.base import times
from indexer.base.actors import ActorKind
from indexer.base.changes import ChangeKind
from indexer.base.ids import UnitId
from indexer.people.push_keys import (
    MOST_KEYS,
    TOUCH,
    KeyProblem,
    KeyRefused,
    SignatureProblem,
    SignatureRefused,
    admit,
    make_key,
    revoke_key,
)
from indexer.people.signatures import SCHEME, Message
from indexer.records import ledger, push_keys
from indexer.records.database import Database
from indexer.records.push_keys import PushKey
from indexer.whitelist.records import Channel
from tests.at_once import at_once
from tests.operators import OPERATOR
from tests.programs import PUSH, Program

UNIT = UnitId("unit-a")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data")


@pytest.fixture
def made(database: Database, settings: Settings, channel: Channel) -> tuple[PushKey, str]:
    return make_key(database, settings, unit=UNIT, name="示例系统", by=OPERATOR, now=times.now())


def ask(database: Database, settings: Settings, made: tuple[PushKey, str], **heads: object) -> PushKey:
    """Ask for something signed with this key."""
    program = Program(key=made[0].id, secret=made[1])
    written = program.heads(PUSH, b"{}", once="push-0001", **heads)  # type: ignore[arg-type]  # of the tests below
    message = Message(method="POST", path=PUSH, once="push-0001", body=b"{}")
    return admit(database, settings, written["Authorization"], message, now=times.now())


def test_a_key_is_kept_sealed_with_its_row_in_the_ledger(database: Database, made: tuple[PushKey, str]) -> None:
    key, secret = made

    with database.reading() as tx:
        kept = push_keys.push_key(tx, key.id)
        row = ledger.last_of(tx, ChangeKind.KEY_MADE, key.id)
    assert kept == key
    assert secret not in key.sealed
    assert row is not None
    assert (row.actor.kind, row.who, dict(row.facts)) == (
        ActorKind.OPERATOR,
        OPERATOR.name,
        {"unit": "unit-a", "name": "示例系统"},
    )


@pytest.mark.parametrize("name", ["", " x", "x" * 61, "a\nb", "\x07"])
def test_a_name_that_nobody_can_read_is_refused(
    database: Database, settings: Settings, channel: Channel, name: str
) -> None:
    with pytest.raises(KeyRefused) as refused:
        make_key(database, settings, unit=UNIT, name=name, by=OPERATOR, now=times.now())

    assert refused.value.problem is KeyProblem.NAME


def test_a_unit_has_so_many_keys_and_those_revoked_do_not_count(
    database: Database, settings: Settings, made: tuple[PushKey, str]
) -> None:
    def one_more() -> object:
        try:
            return make_key(database, settings, unit=UNIT, name="又一个", by=OPERATOR, now=times.now())[0]
        except KeyRefused as refused:
            return refused.problem

    outcomes = at_once(*[one_more] * MOST_KEYS)
    revoke_key(database, made[0].id, by=OPERATOR, now=times.now())

    assert outcomes.count(KeyProblem.TOO_MANY) == 1
    assert isinstance(one_more(), PushKey)


def test_a_key_of_no_unit_is_refused(database: Database, settings: Settings) -> None:
    with pytest.raises(KeyRefused) as refused:
        make_key(database, settings, unit=UnitId("nobody"), name="x", by=OPERATOR, now=times.now())

    assert refused.value.problem is KeyProblem.NO_UNIT


def test_a_key_is_revoked_once_by_its_own_unit(database: Database, made: tuple[PushKey, str]) -> None:
    problems = []
    for unit in (UnitId("unit-b"), UNIT, UNIT):
        try:
            revoke_key(database, made[0].id, by=OPERATOR, now=times.now(), unit=unit)
        except KeyRefused as refused:
            problems.append(refused.problem)

    with database.reading() as tx:
        row = ledger.last_of(tx, ChangeKind.KEY_REVOKED, made[0].id)
    assert problems == [KeyProblem.NO_KEY, KeyProblem.REVOKED]
    assert row is not None


def test_what_was_signed_is_admitted_and_its_use_noted_now_and_then(
    database: Database, settings: Settings, made: tuple[PushKey, str]
) -> None:
    asked = ask(database, settings, made)
    ask(database, settings, made)

    with database.reading() as tx:
        kept = push_keys.push_key(tx, made[0].id)
    assert asked.unit == UNIT
    assert kept is not None
    assert kept.used_at is not None
    assert times.now() - kept.used_at < TOUCH


def test_what_was_signed_counts_once_however_many_send_it(
    database: Database, settings: Settings, made: tuple[PushKey, str]
) -> None:
    at = times.now()

    def send() -> object:
        try:
            return ask(database, settings, made, nonce="n" * 16, at=at)
        except SignatureRefused as refused:
            return refused.problem

    outcomes = at_once(*[send] * 6)

    assert outcomes.count(SignatureProblem.REPLAYED) == 5


def test_each_reason_is_told_apart(database: Database, settings: Settings, made: tuple[PushKey, str]) -> None:
    key, secret = made
    stale = times.now() - timedelta(minutes=6)
    (other, _) = make_key(database, settings, unit=UNIT, name="乙", by=OPERATOR, now=times.now())
    problems = []
    for who, heads in (
        ((other, secret), {}),
        ((key, "0" * 64), {"at": stale}),
        ((key, secret), {"at": stale}),
    ):
        with pytest.raises(SignatureRefused) as refused:
            ask(database, settings, who, **heads)
        problems.append(refused.value.problem)
    revoke_key(database, key.id, by=OPERATOR, now=times.now())
    for who in (made, (key, "0" * 64)):
        with pytest.raises(SignatureRefused) as refused:
            ask(database, settings, who)
        problems.append(refused.value.problem)

    P = SignatureProblem
    assert problems == [P.WRONG, P.WRONG, P.STALE, P.REVOKED, P.WRONG]


@pytest.mark.parametrize("header", ["", f"{SCHEME} key=x"])
def test_without_a_signature_the_records_are_not_asked(settings: Settings, database: Database, header: str) -> None:
    with pytest.raises(SignatureRefused) as refused:
        admit(database, settings, header, Message(method="GET", path="/", once="", body=b""), now=times.now())

    assert refused.value.problem is SignatureProblem.UNREAD
