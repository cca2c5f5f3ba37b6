"""Accounts: names, roles, password hashes."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from indexer.accounts import Role, User, UserId
from indexer.ids import new_id
from indexer.items import UnitId
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction

NO_PASSWORD = "removed"  # noqa: S105  (in the place of a hash, and none: nothing verifies against it)


def add_user(tx: Transaction, name: str, *, role: Role, unit: UnitId | None, password_hash: str) -> User:
    """Write a new account and return its person; the name must be free."""
    user = User(id=UserId(new_id()), name=name, role=role, unit=unit)
    tx.change(insert(t.users).values(id=user.id, name=name, role=role, unit=unit, password_hash=password_hash))
    return user


def user(tx: Transaction, user: UserId) -> User | None:
    """Return a person by id."""
    row = tx.first(select(t.users).where(t.users.c.id == user, t.users.c.removed_at.is_(None)))
    return rows.user_of(row) if row else None


def by_name(tx: Transaction, name: str) -> User | None:
    """Return a person by sign-in name."""
    row = tx.first(select(t.users).where(t.users.c.name == name, t.users.c.removed_at.is_(None)))
    return rows.user_of(row) if row else None


def is_taken(tx: Transaction, name: str) -> bool:
    """Tell whether the name is, or was, somebody's: the log names people by it, so nobody else may get it."""
    return tx.first(select(t.users.c.id).where(t.users.c.name == name)) is not None


def users(tx: Transaction) -> list[User]:
    """Return all people by name."""
    c = t.users.c
    return [rows.user_of(row) for row in tx.rows(select(t.users).where(c.removed_at.is_(None)).order_by(c.name))]


def password_hash(tx: Transaction, name: str) -> str | None:
    """Return the stored hash of a name's password: for sign-in alone."""
    c = t.users.c
    row = tx.first(select(c.password_hash).where(c.name == name, c.removed_at.is_(None)))
    return str(row[c.password_hash]) if row else None


def set_password(tx: Transaction, user: UserId, *, password_hash: str) -> None:
    """Keep another hash for a person."""
    tx.change(update(t.users).where(t.users.c.id == user).values(password_hash=password_hash))


def remove(tx: Transaction, user: UserId, *, now: datetime) -> None:
    """Note that the person is gone, with neither password nor open work; the name stays taken."""
    tx.change(delete(t.claims).where(t.claims.c.holder == user))
    tx.change(update(t.users).where(t.users.c.id == user).values(removed_at=now, password_hash=NO_PASSWORD))
