"""Accounts: names, roles, password hashes and lockouts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from indexer.accounts import Role, User, UserId
from indexer.ids import new_id
from indexer.items import UnitId
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """failures: wrong passwords since the last good sign-in. until: no sign-in before it, None where not locked."""

    failures: int
    until: datetime | None


def add_user(tx: Transaction, name: str, *, role: Role, unit: UnitId | None, password_hash: str) -> User:
    """Write a new account and return its person; the name must be free."""
    user = User(id=UserId(new_id()), name=name, role=role, unit=unit)
    tx.change(
        insert(t.users).values(
            id=user.id, name=name, role=role, unit=unit, password_hash=password_hash, failures=0, locked_until=None
        )
    )
    return user


def user(tx: Transaction, user: UserId) -> User | None:
    """Return a person by id."""
    row = tx.first(select(t.users).where(t.users.c.id == user))
    return rows.user_of(row) if row else None


def by_name(tx: Transaction, name: str) -> User | None:
    """Return a person by sign-in name."""
    row = tx.first(select(t.users).where(t.users.c.name == name))
    return rows.user_of(row) if row else None


def users(tx: Transaction) -> list[tuple[User, Lockout]]:
    """Return all people by name, each with the state of their lockout."""
    c = t.users.c
    found = tx.rows(select(t.users).order_by(c.name))
    return [(rows.user_of(row), Lockout(failures=row[c.failures], until=row[c.locked_until])) for row in found]


def password_hash(tx: Transaction, name: str) -> str | None:
    """Return the stored hash of a name's password: for sign-in alone."""
    row = tx.first(select(t.users.c.password_hash).where(t.users.c.name == name))
    return str(row[t.users.c.password_hash]) if row else None


def lockout(tx: Transaction, name: str) -> Lockout:
    """Return the state of a name's lockout; an unknown name has none."""
    c = t.users.c
    row = tx.first(select(c.failures, c.locked_until).where(c.name == name))
    return Lockout(failures=row[c.failures], until=row[c.locked_until]) if row else Lockout(failures=0, until=None)


def note_failure(tx: Transaction, name: str, *, failures: int, locked_until: datetime | None) -> None:
    """Keep how many wrong passwords there were by now; locked_until: set where this one was too many."""
    values = {"failures": failures, "locked_until": locked_until}
    tx.change(update(t.users).where(t.users.c.name == name).values(values))


def clear(tx: Transaction, name: str) -> bool:
    """Forget wrong passwords and lockout; False where the name is unknown."""
    return bool(tx.change(update(t.users).where(t.users.c.name == name).values(failures=0, locked_until=None)))
