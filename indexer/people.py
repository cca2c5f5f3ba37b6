"""Sign-in and accounts: argon2 hashes, lockout after wrong passwords."""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from indexer.accounts import Role, User
from indexer.intake import COLLECTOR
from indexer.items import UnitId
from indexer.records import channels, people
from indexer.records.database import Database

FAILURES, LOCKOUT = 5, timedelta(minutes=15)
NAME_CHARS = 60
PASSWORD_CHARS = range(10, 1001)  # the upper end bounds what one request can make us hash
RESERVED = frozenset({COLLECTOR, "machine"})
HASHER = PasswordHasher()


class SignInProblem(StrEnum):
    """Why a sign-in was refused; wrong says as little of an unknown name as of a wrong password."""

    WRONG = "wrong"
    LOCKED = "locked"


class SignInRefused(Exception):
    """No sign-in; until: the end of the lockout, None where the problem is `wrong`."""

    def __init__(self, problem: SignInProblem, *, until: datetime | None = None) -> None:
        self.problem, self.until = problem, until
        super().__init__(problem.value)


class AccountRefused(Exception):
    """An account that cannot be made as asked; the message says why and what to do."""


def sign_in(database: Database, name: str, password: str, *, now: datetime) -> User:
    """Return the person. Raises SignInRefused; after FAILURES wrong passwords the name is locked for LOCKOUT."""
    with database.reading() as tx:
        stored, lockout = people.password_hash(tx, name), people.lockout(tx, name)
    if lockout.until is not None and lockout.until > now:
        raise SignInRefused(SignInProblem.LOCKED, until=lockout.until)
    # Outside the transaction, since it is slow on purpose; an unknown name costs the same time as a known one.
    is_right = _matches(stored or _hash_of_nobody(), password) and stored is not None
    locked_until: datetime | None = None
    with database.transaction() as tx:
        user, lockout = people.by_name(tx, name), people.lockout(tx, name)
        if lockout.until is not None and lockout.until > now:  # guesses made side by side count like any others
            locked_until = lockout.until
        elif is_right:
            people.clear(tx, name)
        else:
            failures = 1 if lockout.until is not None else lockout.failures + 1
            people.note_failure(
                tx, name, failures=failures, locked_until=now + LOCKOUT if failures >= FAILURES else None
            )
    if locked_until is not None:
        raise SignInRefused(SignInProblem.LOCKED, until=locked_until)
    if not is_right or user is None:
        raise SignInRefused(SignInProblem.WRONG)
    return user


def add_account(database: Database, name: str, password: str, *, role: Role, unit: UnitId | None = None) -> User:
    """Make an account and return its person. Raises AccountRefused."""
    _check(name, password, role=role, unit=unit)
    password_hash = HASHER.hash(password)
    with database.transaction() as tx:
        if people.by_name(tx, name) is not None:
            raise AccountRefused(f"the name {name!r} is taken. Choose another, or see `carnival users list`")
        if unit is not None and channels.unit(tx, unit) is None:
            raise AccountRefused(f"there is no unit {unit!r}. Give an id of the whitelist")
        return people.add_user(tx, name, role=role, unit=unit, password_hash=password_hash)


def unlock(database: Database, name: str) -> None:
    """Forget wrong passwords and lockout of a name. Raises AccountRefused where it is unknown."""
    with database.transaction() as tx:
        if not people.clear(tx, name):
            raise AccountRefused(f"there is no account {name!r}. See `carnival users list`")


def _check(name: str, password: str, *, role: Role, unit: UnitId | None) -> None:
    if not name or len(name) > NAME_CHARS or not name.isprintable() or name != name.strip():
        raise AccountRefused(f"a name has 1 to {NAME_CHARS} visible characters. Choose another")
    if name.lower() in RESERVED:
        raise AccountRefused(f"{name!r} is how the log names a machine. Choose another name")
    if len(password) not in PASSWORD_CHARS:
        raise AccountRefused(f"a password has {PASSWORD_CHARS.start} to {PASSWORD_CHARS.stop - 1} characters")
    if (role is Role.UNIT) != (unit is not None):
        raise AccountRefused("an account with the role unit, and no other, belongs to a unit. Give --unit ID with it")


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password[: PASSWORD_CHARS.stop])
    except VerifyMismatchError:
        return False


@cache
def _hash_of_nobody() -> str:
    return HASHER.hash("nobody has this password")
