"""Sign-in, what wrong passwords lead to, and accounts."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from indexer.people import attempts
from indexer.people import sign_in as people
from indexer.people.accounts import Device, UserId, Visit
from indexer.people.rights import Role
from indexer.people.sessions import SessionLimits
from indexer.people.sign_in import SignInProblem, SignInRefused
from indexer.records.database import Database
from indexer.records.failed_sign_ins import FAILED_SIGN_INS
from tests.operators import NOW, OPERATOR

PASSWORD = "十个字以上的口令示例"
HERE, THERE = Visit(address="203.0.113.5"), Visit(address="198.51.100.66")
LIMITS = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=7))


@pytest.fixture
def editor(database: Database) -> str:
    """The name of an account whose password is PASSWORD."""
    return people.add_account(database, "编辑甲", PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR).name


def fail(database: Database, name: str, *, times: int, now: datetime, visit: Visit = HERE) -> list[SignInProblem]:
    """The problem of each wrong password, one after the other."""
    problems = []
    for _ in range(times):
        with pytest.raises(SignInRefused) as refused:
            people.sign_in(database, name, "wrong", now=now, visit=visit)
        problems.append(refused.value.problem)
    return problems


def distribute(database: Database, name: str, *, times: int, now: datetime) -> None:
    """Give wrong passwords, each from another address."""
    for turn in range(times):
        fail(database, name, times=1, now=now, visit=Visit(address=f"198.51.{turn // 250}.{turn % 250}"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check passwords without argon2, which is slow on purpose: for tests of what is counted."""
    monkeypatch.setattr(people, "_matches", lambda _stored, password: password == PASSWORD)


def test_the_right_password_gives_the_person(database: Database, editor: str, now: datetime) -> None:
    user = people.sign_in(database, editor, PASSWORD, now=now)

    assert (user.name, user.role, user.unit) == ("编辑甲", Role.EDITOR, None)


def test_an_unknown_name_is_refused_like_a_wrong_password(database: Database, editor: str, now: datetime) -> None:
    assert fail(database, editor, times=1, now=now) == fail(database, "nobody", times=1, now=now)


@pytest.mark.parametrize("name", ["编辑甲", "nobody"])
def test_every_answer_costs_one_hash_whether_the_name_is_known_or_the_limit_is_reached(
    database: Database, editor: str, now: datetime, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    verified: list[str] = []

    def match(stored: str, _password: str) -> bool:
        verified.append(stored)
        return False

    monkeypatch.setattr(people, "_matches", match)

    problems = fail(database, name, times=8, now=now)

    assert problems == [SignInProblem.WRONG] * 5 + [SignInProblem.LIMITED] * 3
    assert [stored[:10] for stored in verified] == ["$argon2id$"] * 8


@pytest.mark.usefixtures("quick")
def test_five_wrong_passwords_make_their_own_address_wait_a_quarter_of_an_hour(
    database: Database, editor: str, now: datetime
) -> None:
    fail(database, editor, times=5, now=now)

    with pytest.raises(SignInRefused) as refused:
        people.sign_in(database, editor, PASSWORD, now=now + timedelta(minutes=14), visit=HERE)

    assert refused.value.problem is SignInProblem.LIMITED
    assert people.sign_in(database, editor, PASSWORD, now=now + timedelta(minutes=15), visit=HERE).name == editor


@pytest.mark.usefixtures("quick")
def test_a_stranger_who_never_stops_does_not_lock_the_person_out(
    database: Database, editor: str, now: datetime
) -> None:
    entered = []
    for hour in range(24):
        fail(database, editor, times=200, now=now + timedelta(hours=hour), visit=THERE)
        entered.append(people.sign_in(database, editor, PASSWORD, now=now + timedelta(hours=hour), visit=HERE).name)

    assert entered == [editor] * 24


@pytest.mark.usefixtures("quick")
def test_a_known_device_gets_in_while_strangers_guess_from_very_many_addresses(
    database: Database, editor: str, now: datetime
) -> None:
    user = people.sign_in(database, editor, PASSWORD, now=now)
    own = Visit(address="203.0.113.5", device=Device(id="d", people=(user.id,)))
    other = Visit(address="203.0.113.5", device=Device(id="e", people=(UserId("somebody"),)))
    distribute(database, editor, times=60, now=now)

    with pytest.raises(SignInRefused):
        people.sign_in(database, editor, PASSWORD, now=now, visit=other)

    assert people.sign_in(database, editor, PASSWORD, now=now, visit=own).name == editor


@pytest.mark.usefixtures("quick")
def test_guesses_from_very_many_addresses_are_bounded_for_one_name_and_for_no_other(
    database: Database, editor: str, now: datetime
) -> None:
    people.add_account(database, "编辑乙", PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    distribute(database, editor, times=50, now=now)

    with pytest.raises(SignInRefused):
        people.sign_in(database, editor, PASSWORD, now=now, visit=HERE)

    assert people.sign_in(database, "编辑乙", PASSWORD, now=now, visit=HERE).name == "编辑乙"
    assert people.sign_in(database, editor, PASSWORD, now=now + timedelta(hours=1), visit=HERE).name == editor


@pytest.mark.usefixtures("quick")
def test_an_address_that_guesses_many_names_waits_for_all_of_them(
    database: Database, editor: str, now: datetime
) -> None:
    for turn in range(30):
        fail(database, f"name {turn}", times=1, now=now, visit=THERE)

    assert fail(database, editor, times=1, now=now, visit=THERE) == [SignInProblem.LIMITED]
    assert people.sign_in(database, editor, PASSWORD, now=now, visit=HERE).name == editor


@pytest.mark.usefixtures("quick")
def test_a_known_device_too_is_bounded_and_makes_nobody_else_wait(
    database: Database, editor: str, now: datetime
) -> None:
    user = people.sign_in(database, editor, PASSWORD, now=now)
    own = Visit(address="203.0.113.5", device=Device(id="d", people=(user.id,)))

    problems = fail(database, editor, times=21, now=now, visit=own)

    assert problems[-2:] == [SignInProblem.WRONG, SignInProblem.LIMITED]
    assert people.sign_in(database, editor, PASSWORD, now=now, visit=HERE).name == editor


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=400)])
def test_wrong_passwords_of_a_clock_that_was_ahead_do_not_count_once_it_is_right(
    database: Database, editor: str, now: datetime, ahead: timedelta
) -> None:
    fail(database, editor, times=10, now=now + ahead)
    distribute(database, editor, times=60, now=now + ahead)

    assert people.sign_in(database, editor, PASSWORD, now=now, visit=HERE).name == editor


@pytest.mark.usefixtures("quick")
def test_counts_are_kept_for_no_longer_than_they_count_and_no_more_than_fit(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "ROWS", 20)
    for turn in range(40):
        fail(database, f"name {turn}", times=1, now=now, visit=Visit(address=f"192.0.2.{turn}"))
    with database.reading() as tx:
        many = tx.number(select(func.count()).select_from(FAILED_SIGN_INS))

    fail(database, "name", times=1, now=now + timedelta(days=1))
    with database.reading() as tx:
        few = tx.number(select(func.count()).select_from(FAILED_SIGN_INS))

    assert (many, few) == (20, 3)


@pytest.mark.usefixtures("quick")
def test_a_good_sign_in_forgets_wrong_passwords_of_its_own_address(
    database: Database, editor: str, now: datetime
) -> None:
    fail(database, editor, times=4, now=now)
    people.sign_in(database, editor, PASSWORD, now=now, visit=HERE)

    assert fail(database, editor, times=5, now=now) == [SignInProblem.WRONG] * 5


@pytest.mark.usefixtures("quick")
def test_an_unlocked_name_signs_in_at_once(database: Database, editor: str, now: datetime) -> None:
    fail(database, editor, times=5, now=now)
    distribute(database, editor, times=60, now=now)

    people.unlock(database, editor, by=OPERATOR, now=NOW)

    assert people.sign_in(database, editor, PASSWORD, now=now, visit=HERE).name == editor


def test_a_refused_sign_in_is_logged_with_its_address_and_never_with_what_was_typed(
    database: Database, editor: str, now: datetime
) -> None:
    with capture_logs() as logged:
        fail(database, editor, times=1, now=now, visit=THERE)
        fail(database, "my passphrase in the wrong field", times=1, now=now, visit=THERE)

    assert [(one["event"], one["name"], one["address"], str(one["problem"])) for one in logged] == [
        ("sign_in_refused", editor, "198.51.100.66", "wrong"),
        ("sign_in_refused", None, "198.51.100.66", "wrong"),
    ]
    assert "passphrase" not in str(logged)


def test_a_password_that_was_changed_while_the_old_one_was_checked_lets_nobody_in(
    database: Database, editor: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def match(_stored: str, _password: str) -> bool:
        people.set_password(database, editor, "inzwischen geändert", by=OPERATOR, now=now)
        return True

    monkeypatch.setattr(people, "_matches", match)

    with pytest.raises(SignInRefused):
        people.sign_in(database, editor, PASSWORD, now=now)
