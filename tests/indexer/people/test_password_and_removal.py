"""Accounts: passwords changed, people removed, names and passwords that cannot be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from indexer.base.ids import UnitId
from indexer.people import sessions
from indexer.people import sign_in as people
from indexer.people.accounts import Visit
from indexer.people.rights import Role
from indexer.people.sessions import SessionLimits
from indexer.people.sign_in import AccountRefused, SignInProblem, SignInRefused
from indexer.records import channels
from indexer.records import people as accounts
from indexer.records.database import Database
from indexer.whitelist.records import Unit
from tests.operators import NOW, OPERATOR

PASSWORD = "十个字以上的口令示例"
HERE = Visit(address="203.0.113.5")
LIMITS = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=7))


@pytest.fixture
def editor(database: Database) -> str:
    """The name of an account whose password is PASSWORD."""
    return people.add_account(database, "编辑甲", PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR).name


def refuse(database: Database, name: str, *, now: datetime) -> SignInProblem:
    """The problem of the password that was right once."""
    with pytest.raises(SignInRefused) as refused:
        people.sign_in(database, name, PASSWORD, now=now)
    return refused.value.problem


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check passwords without argon2, which is slow on purpose: for tests of what is counted."""
    monkeypatch.setattr(people, "_matches", lambda _stored, password: password == PASSWORD)


def test_a_changed_password_ends_every_session_and_the_old_one_opens_none(
    database: Database, editor: str, now: datetime
) -> None:
    user, token = people.open_session(database, editor, PASSWORD, visit=HERE, now=now)

    new = people.change_password(database, user, old=PASSWORD, new="ein ganz neues", visit=HERE, now=now)

    assert sessions.resume(database, token, limits=LIMITS, now=now) is None
    assert sessions.resume(database, new, limits=LIMITS, now=now) is not None
    assert refuse(database, editor, now=now) is SignInProblem.WRONG
    assert people.sign_in(database, editor, "ein ganz neues", now=now).name == editor


@pytest.mark.usefixtures("quick")
def test_the_old_password_is_not_guessed_from_inside_a_session_either(
    database: Database, editor: str, now: datetime
) -> None:
    user = people.sign_in(database, editor, PASSWORD, now=now)
    problems = []
    for old in ["falsch"] * 5 + [PASSWORD]:
        with pytest.raises(SignInRefused) as refused:
            people.change_password(database, user, old=old, new="ein ganz neues", visit=HERE, now=now)
        problems.append(refused.value.problem)

    assert problems == [SignInProblem.WRONG] * 5 + [SignInProblem.LIMITED]


@pytest.mark.parametrize("change", [people.remove_account, partial(people.set_password, password="another passphrase")])
def test_an_operator_s_change_ends_every_session(
    database: Database, editor: str, now: datetime, change: Callable[..., None]
) -> None:
    _, token = people.open_session(database, editor, PASSWORD, visit=HERE, now=now)

    change(database, editor, by=OPERATOR, now=now)

    assert sessions.resume(database, token, limits=LIMITS, now=now) is None
    assert refuse(database, editor, now=now) is SignInProblem.WRONG


def test_a_removed_name_is_nobody_s_and_stays_taken(database: Database, editor: str, now: datetime) -> None:
    people.remove_account(database, editor, by=OPERATOR, now=now)

    with pytest.raises(AccountRefused, match="taken"):
        people.add_account(database, editor, PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    with pytest.raises(AccountRefused, match="no account"):
        people.remove_account(database, editor, by=OPERATOR, now=now)
    with database.reading() as tx:
        assert accounts.by_name(tx, editor) is None
        assert accounts.users(tx) == []


@pytest.mark.parametrize(
    ("name", "password", "role", "unit", "words"),
    [
        ("", PASSWORD, Role.EDITOR, None, "visible"),
        ("a\nb", PASSWORD, Role.EDITOR, None, "visible"),
        (" a", PASSWORD, Role.EDITOR, None, "visible"),
        ("Collector", PASSWORD, Role.EDITOR, None, "machine"),
        ("编辑乙", "kurz", Role.EDITOR, None, "10 to 1000"),
        ("编辑乙", "x" * 1001, Role.EDITOR, None, "10 to 1000"),
        ("编辑乙编辑乙编辑乙编辑乙", "编辑乙编辑乙编辑乙编辑乙", Role.EDITOR, None, "not the name"),
        ("编辑乙", "\udcff" * 12, Role.EDITOR, None, "UTF-8"),
        ("编辑乙", PASSWORD, Role.UNIT, None, "--unit"),
        ("编辑乙", PASSWORD, Role.EDITOR, UnitId("unit-a"), "--unit"),
        ("编辑乙", PASSWORD, Role.UNIT, UnitId("unit-z"), "unit-z"),
        ("编辑甲", PASSWORD, Role.EDITOR, None, "taken"),
    ],
)
def test_an_account_that_cannot_be_says_why(
    database: Database,
    editor: str,
    make_unit: Callable[..., Unit],
    name: str,
    password: str,
    role: Role,
    unit: UnitId | None,
    words: str,
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())

    with pytest.raises(AccountRefused, match=words):
        people.add_account(database, name, password, by=OPERATOR, now=NOW, role=role, unit=unit)


def test_the_stored_password_is_a_hash(database: Database, editor: str) -> None:
    with database.reading() as tx:
        stored = accounts.password_hash(tx, editor)

    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
