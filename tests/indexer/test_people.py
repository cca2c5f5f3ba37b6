"""Sign-in, lockout and accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer import people
from indexer.accounts import Role
from indexer.items import Unit, UnitId
from indexer.people import AccountRefused, SignInProblem, SignInRefused
from indexer.records import channels
from indexer.records import people as accounts
from indexer.records.database import Database

PASSWORD = "十个字以上的口令示例"


@pytest.fixture
def editor(database: Database) -> str:
    """The name of an account whose password is PASSWORD."""
    return people.add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR).name


def fail(database: Database, name: str, *, times: int, now: datetime) -> list[SignInProblem]:
    """The problem of each wrong password, one after the other."""
    problems = []
    for _ in range(times):
        with pytest.raises(SignInRefused) as refused:
            people.sign_in(database, name, "wrong", now=now)
        problems.append(refused.value.problem)
    return problems


def test_the_right_password_gives_the_person(database: Database, editor: str, now: datetime) -> None:
    user = people.sign_in(database, editor, PASSWORD, now=now)

    assert (user.name, user.role, user.unit) == ("编辑甲", Role.EDITOR, None)


def test_an_unknown_name_is_refused_like_a_wrong_password(database: Database, editor: str, now: datetime) -> None:
    assert fail(database, editor, times=1, now=now) == fail(database, "nobody", times=1, now=now)


def test_an_unknown_name_costs_a_hash_too(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    def match(stored: str, _password: str) -> bool:
        verified.append(stored)
        return False

    monkeypatch.setattr(people, "_matches", match)

    fail(database, "nobody", times=1, now=now)

    assert [stored[:10] for stored in verified] == ["$argon2id$"]


def test_five_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(
    database: Database, editor: str, now: datetime
) -> None:
    problems = fail(database, editor, times=people.FAILURES, now=now)

    with pytest.raises(SignInRefused) as refused:
        people.sign_in(database, editor, PASSWORD, now=now + timedelta(minutes=14))
    after = people.sign_in(database, editor, PASSWORD, now=now + timedelta(minutes=15))

    assert problems == [SignInProblem.WRONG] * 5
    assert (refused.value.problem, refused.value.until) == (SignInProblem.LOCKED, now + timedelta(minutes=15))
    assert after.name == editor


def test_a_lockout_that_ran_out_starts_the_count_anew(database: Database, editor: str, now: datetime) -> None:
    fail(database, editor, times=people.FAILURES, now=now)

    later = fail(database, editor, times=4, now=now + timedelta(hours=1))

    assert later == [SignInProblem.WRONG] * 4


def test_a_good_sign_in_forgets_wrong_passwords(database: Database, editor: str, now: datetime) -> None:
    fail(database, editor, times=4, now=now)
    people.sign_in(database, editor, PASSWORD, now=now)

    assert fail(database, editor, times=1, now=now) == [SignInProblem.WRONG]


def test_an_unlocked_name_signs_in_at_once(database: Database, editor: str, now: datetime) -> None:
    fail(database, editor, times=people.FAILURES, now=now)

    people.unlock(database, editor)

    assert people.sign_in(database, editor, PASSWORD, now=now).name == editor


@pytest.mark.parametrize(
    ("name", "password", "role", "unit", "words"),
    [
        ("", PASSWORD, Role.EDITOR, None, "visible"),
        ("a\nb", PASSWORD, Role.EDITOR, None, "visible"),
        (" a", PASSWORD, Role.EDITOR, None, "visible"),
        ("Collector", PASSWORD, Role.EDITOR, None, "machine"),
        ("编辑乙", "kurz", Role.EDITOR, None, "10 to 1000"),
        ("编辑乙", "x" * 1001, Role.EDITOR, None, "10 to 1000"),
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
        people.add_account(database, name, password, role=role, unit=unit)


def test_the_stored_password_is_a_hash(database: Database, editor: str) -> None:
    with database.reading() as tx:
        stored = accounts.password_hash(tx, editor)

    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
