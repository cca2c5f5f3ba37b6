"""Accounts: names, roles, password hashes."""

from datetime import datetime

from sqlalchemy import Column, String, Table, Text, delete, insert, select, update

from indexer.base.ids import UnitId, new_id
from indexer.people.accounts import User, UserId
from indexer.people.rights import Role
from indexer.records.claims import CLAIMS
from indexer.records.columns import NAME_CHARS, Moment, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of

USERS = Table(
    "users",
    metadata,
    key("id"),
    Column("name", String(NAME_CHARS), nullable=False, unique=True),
    Column("role", word(Role), nullable=False),
    link("unit", "units.id", nullable=True),
    Column("password_hash", Text, nullable=False),
    Column("removed_at", Moment),
)


NO_PASSWORD = "removed"  # noqa: S105  (in the place of a hash, and none: nothing verifies against it)


def add_user(tx: Transaction, name: str, *, role: Role, unit: UnitId | None, password_hash: str) -> User:
    """Write a new account and return its person; the name must be free."""
    user = User(id=UserId(new_id()), name=name, role=role, unit=unit)
    tx.change(insert(USERS).values(id=user.id, name=name, role=role, unit=unit, password_hash=password_hash))
    return user


def user(tx: Transaction, user: UserId) -> User | None:
    """Return a person by id."""
    row = tx.first(select(USERS).where(USERS.c.id == user, USERS.c.removed_at.is_(None)))
    return record_of(User, row, USERS) if row else None


def by_name(tx: Transaction, name: str) -> User | None:
    """Return a person by sign-in name."""
    row = tx.first(select(USERS).where(USERS.c.name == name, USERS.c.removed_at.is_(None)))
    return record_of(User, row, USERS) if row else None


def is_taken(tx: Transaction, name: str) -> bool:
    """Tell whether the name is, or was, somebody's: the log names people by it, so nobody else may get it."""
    return tx.first(select(USERS.c.id).where(USERS.c.name == name)) is not None


def users(tx: Transaction) -> list[User]:
    """Return all people by name."""
    c = USERS.c
    return [
        record_of(User, row, USERS) for row in tx.rows(select(USERS).where(c.removed_at.is_(None)).order_by(c.name))
    ]


def password_hash(tx: Transaction, name: str) -> str | None:
    """Return the stored hash of a name's password: for sign-in alone."""
    c = USERS.c
    row = tx.first(select(c.password_hash).where(c.name == name, c.removed_at.is_(None)))
    return str(row[c.password_hash]) if row else None


def set_password(tx: Transaction, user: UserId, *, password_hash: str) -> None:
    """Keep another hash for a person."""
    tx.change(update(USERS).where(USERS.c.id == user).values(password_hash=password_hash))


def remove(tx: Transaction, user: UserId, *, now: datetime) -> None:
    """Note that the person is gone, with neither password nor open work; the name stays taken."""
    tx.change(delete(CLAIMS).where(CLAIMS.c.holder == user))
    tx.change(update(USERS).where(USERS.c.id == user).values(removed_at=now, password_hash=NO_PASSWORD))
