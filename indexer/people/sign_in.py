"""Sign-in and accounts: argon2 hashes, and a bounded number of wrong passwords (`indexer.people.attempts`)."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from indexer.base.actors import COLLECTOR, Actor
from indexer.base.changes import ChangeKind, changed
from indexer.base.ids import UnitId
from indexer.people import attempts, sessions
from indexer.people.accounts import User, Visit
from indexer.people.attempts import Counted
from indexer.people.rights import GRANTS, Role
from indexer.records import channels, failed_sign_ins, ledger, people
from indexer.records.database import Database, Transaction
from indexer.records.turns import Turn, take_turn

NAME_CHARS = 60
PASSWORD_CHARS = range(10, 1001)  # the upper end bounds what one request can make us hash
RESERVED = frozenset({COLLECTOR.name, "machine"})
HASHER = PasswordHasher()
Entered = TypeVar("Entered")
log = structlog.get_logger()


class SignInProblem(StrEnum):
    """Why a sign-in was refused: for the log alone, since the page says the same words of each."""

    WRONG = "wrong"
    LIMITED = "limited"


class SignInRefused(Exception):
    """No sign-in."""

    def __init__(self, problem: SignInProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


class AccountRefused(Exception):
    """An account, or a password, that cannot be as asked; the message says why and what to do."""


def sign_in(database: Database, name: str, password: str, *, now: datetime, visit: Visit | None = None) -> User:
    """Return the person without beginning a session. Raises SignInRefused."""
    return _enter(database, name, password, visit=visit or Visit(), now=now, then=lambda _tx, user: user)


def open_session(database: Database, name: str, password: str, *, visit: Visit, now: datetime) -> tuple[User, str]:
    """Return the person and the token of their new session. Raises SignInRefused."""

    def begin(tx: Transaction, user: User) -> tuple[User, str]:
        return user, sessions.start(tx, user.id, visit, now=now)

    return _enter(database, name, password, visit=visit, now=now, then=begin)


def add_account(
    database: Database, name: str, password: str, *, role: Role, by: Actor, now: datetime, unit: UnitId | None = None
) -> User:
    """Make an account and return its person; by: who makes it. Raises AccountRefused."""
    _check(name, role=role, unit=unit)
    check_password(password, name=name)
    password_hash = HASHER.hash(password)
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        if people.is_taken(tx, name):
            raise AccountRefused(f"the name {name!r} is taken, perhaps by an account that was removed. Choose another")
        if unit is not None and channels.unit(tx, unit) is None:
            raise AccountRefused(f"there is no unit {unit!r}. Give an id of the whitelist")
        user = people.add_user(tx, name, role=role, unit=unit, password_hash=password_hash)
        _note(tx, ChangeKind.ACCOUNT_ADDED, user, by=by, now=now)
        return user


def change_password(database: Database, user: User, *, old: str, new: str, visit: Visit, now: datetime) -> str:
    """Set one's own password, end all one's sessions, and return the token of a new one.

    Raises SignInRefused where the old password is wrong or was wrong too often, AccountRefused for an unfit new one.
    """
    check_password(new, name=user.name)
    counted = attempts.of_change(user.name)
    stored, is_right = _verify(database, user.name, old)
    new_hash = HASHER.hash(new)
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        problem = _judge(tx, user.name, counted, is_right=is_right, stored=stored, now=now)
        if problem is None:
            token = _replace(tx, user, new_hash, visit=visit, now=now)
    if problem is not None:
        log.warning("password_change_refused", name=user.name, address=visit.address, problem=problem)
        raise SignInRefused(problem)
    return token


def set_password(database: Database, name: str, password: str, *, by: Actor, now: datetime) -> None:
    """Give a name another password and end its sessions; by: the operator who does. Raises AccountRefused."""
    check_password(password, name=name)
    password_hash = HASHER.hash(password)
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        user = _known(tx, name)
        people.set_password(tx, user.id, password_hash=password_hash)
        sessions.end_all(tx, user.id, now=now)
        failed_sign_ins.forget_name(tx, attempts.name_hash(name))
        _note(tx, ChangeKind.PASSWORD_SET, user, by=by, now=now)


def remove_account(database: Database, name: str, *, by: Actor, now: datetime) -> None:
    """End an account and its sessions; what it decided keeps its name. Raises AccountRefused."""
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        user = _known(tx, name)
        sessions.end_all(tx, user.id, now=now)
        people.remove(tx, user.id, now=now)
        failed_sign_ins.forget_name(tx, attempts.name_hash(name))
        _note(tx, ChangeKind.ACCOUNT_REMOVED, user, by=by, now=now)


def unlock(database: Database, name: str, *, by: Actor, now: datetime) -> None:
    """Forget the wrong passwords of a name, wherever they came from. Raises AccountRefused where it is unknown."""
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        user = _known(tx, name)
        failed_sign_ins.forget_name(tx, attempts.name_hash(name))
        _note(tx, ChangeKind.ACCOUNT_UNLOCKED, user, by=by, now=now)


def is_slowed(tx: Transaction, name: str, *, now: datetime) -> bool:
    """Tell whether a name has to wait on a device that is new."""
    counted = attempts.of_name(name)
    return attempts.is_full(counted, failed_sign_ins.counts(tx, [counted.key]), now=now)


def check_password(password: str, *, name: str) -> None:
    """Raises AccountRefused, with the reason, for a password that nobody should have."""
    if len(password) not in PASSWORD_CHARS:
        raise AccountRefused(f"a password has {PASSWORD_CHARS.start} to {PASSWORD_CHARS.stop - 1} characters")
    if any(0xD800 <= ord(char) < 0xE000 for char in password):
        raise AccountRefused("a password has characters of UTF-8 alone. Check what was given")
    if password.strip().casefold() == name.casefold():
        raise AccountRefused("a password is not the name. Choose another")


def _enter(
    database: Database,
    name: str,
    password: str,
    *,
    visit: Visit,
    now: datetime,
    then: Callable[[Transaction, User], Entered],
) -> Entered:
    """Let a person in: exactly one hash is verified, whether the name is known, unknown or over its limit."""
    stored, is_right = _verify(database, name, password)
    entered: Entered | None = None
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        user = people.by_name(tx, name)
        is_own_device = user is not None and visit.device is not None and user.id in visit.device.people
        counted = (
            attempts.of_device(name, visit.device.id)
            if visit.device is not None and is_own_device
            else attempts.of_stranger(name, visit.address)
        )
        problem = _judge(tx, name, counted, is_right=is_right, stored=stored, now=now)
        if problem is None and user is not None:
            entered = then(tx, user)
    if entered is None:
        # A name that is no account's may be a password typed into the wrong field: it is not written down.
        known_name = user.name if user is not None else None
        problem = problem or SignInProblem.WRONG
        log.warning("sign_in_refused", name=known_name, address=visit.address, problem=problem)
        raise SignInRefused(problem)
    log.info("signed_in", name=name, address=visit.address, is_own_device=is_own_device)
    return entered


def _judge(
    tx: Transaction, name: str, counted: list[Counted], *, is_right: bool, stored: str | None, now: datetime
) -> SignInProblem | None:
    """Count an attempt whose password was checked, and say what stands against it.

    It is done after the check and in turns, so guesses made side by side count like any others.
    """
    counts = failed_sign_ins.counts(tx, [one.key for one in counted])
    if attempts.any_full(counted, counts, now=now):
        return SignInProblem.LIMITED
    if is_right and people.password_hash(tx, name) == stored:  # else it was changed while the old one was checked
        failed_sign_ins.forget(tx, counted[0].key)
        return None
    for one in counted:
        failed_sign_ins.save(tx, one.key, attempts.one_more(one, counts, now=now), name_hash=one.name_hash)
    failed_sign_ins.prune(tx, before=now - attempts.LONGEST, after=now, most=attempts.ROWS)
    return SignInProblem.WRONG


def _verify(database: Database, name: str, password: str) -> tuple[str | None, bool]:
    with database.reading() as tx:
        stored = people.password_hash(tx, name)
    # Outside any transaction, since it is slow on purpose; an unknown name costs the same time as a known one.
    return stored, _matches(stored or _hash_of_nobody(), password) and stored is not None


def _replace(tx: Transaction, user: User, password_hash: str, *, visit: Visit, now: datetime) -> str:
    people.set_password(tx, user.id, password_hash=password_hash)
    sessions.end_all(tx, user.id, now=now)
    return sessions.start(tx, user.id, visit, now=now)


def _note(tx: Transaction, kind: ChangeKind, user: User, *, by: Actor, now: datetime) -> None:
    facts = {"name": user.name, "role": user.role.value} | ({"unit": user.unit} if user.unit else {})
    ledger.append(tx, changed(kind, user.id, facts, by=by, now=now))


def _known(tx: Transaction, name: str) -> User:
    user = people.by_name(tx, name)
    if user is None:
        raise AccountRefused(f"there is no account {name!r}. See `carnival users list`")
    return user


def _check(name: str, *, role: Role, unit: UnitId | None) -> None:
    if not name or len(name) > NAME_CHARS or not name.isprintable() or name != name.strip():
        raise AccountRefused(f"a name has 1 to {NAME_CHARS} visible characters. Choose another")
    if name.lower() in RESERVED:
        raise AccountRefused(f"{name!r} is how the log names a machine. Choose another name")
    if GRANTS[role].of_unit and unit is None:
        raise AccountRefused(f"an account with the role {role} belongs to a unit. Give --unit ID with it")
    if unit is not None and not GRANTS[role].of_unit:
        raise AccountRefused(f"an account with the role {role} belongs to no unit. Leave --unit out")


def _matches(stored: str, password: str) -> bool:
    given = password[: PASSWORD_CHARS.stop].encode("utf-8", "surrogatepass")
    try:
        return HASHER.verify(stored, given)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    return HASHER.hash("nobody has this password")
