"""Sessions of people who are signed in: a row for each, found by the hash of the token that the cookie holds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Column,
    Index,
    RowMapping,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from indexer.people.accounts import Session, SessionId, User, UserId
from indexer.records.columns import NAME_CHARS, Moment, key, link, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of
from indexer.records.people import USERS

SESSIONS = Table(
    "sessions",
    metadata,
    key("id"),
    Column("token_hash", String(64), nullable=False, unique=True),
    link("user", "users.id"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("network", String(NAME_CHARS), nullable=False),
    Column("agent", String(NAME_CHARS), nullable=False),
    Column("ended_at", Moment),
    Index(None, "user", "ended_at"),
)


def add(tx: Transaction, session: Session, *, token_hash: str) -> None:
    """Write a new session."""
    c = SESSIONS.c
    values = {
        c.id: session.id,
        c.token_hash: token_hash,
        c.user: session.user,
        c.created_at: session.created_at,
        c.seen_at: session.seen_at,
        c.network: session.network,
        c.agent: session.agent,
        c.ended_at: None,
    }
    tx.change(insert(SESSIONS).values(values))


def by_token(tx: Transaction, token_hash: str) -> tuple[Session, User] | None:
    """Return the session that was not ended, with its person; None too where the person was removed."""
    query = select(SESSIONS, USERS).join(USERS, USERS.c.id == SESSIONS.c.user)
    row = tx.first(
        query.where(
            SESSIONS.c.token_hash == token_hash, SESSIONS.c.ended_at.is_(None), USERS.c.removed_at.is_(None)
        ).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    )
    return (_session_of(row), record_of(User, row, USERS)) if row else None


def not_ended(tx: Transaction, user: UserId) -> list[Session]:
    """Return the person's sessions that nobody ended, the one used last first; limits of time are the caller's."""
    c = SESSIONS.c
    found = tx.rows(select(SESSIONS).where(c.user == user, c.ended_at.is_(None)).order_by(c.seen_at.desc(), c.id))
    return [_session_of(row) for row in found]


def touch(tx: Transaction, session: SessionId, *, now: datetime) -> None:
    """Note that the session was used."""
    tx.change(update(SESSIONS).where(SESSIONS.c.id == session, SESSIONS.c.ended_at.is_(None)).values(seen_at=now))


def end(tx: Transaction, some: Sequence[SessionId], *, user: UserId, now: datetime) -> int:
    """End these sessions of the person; return how many were open until now."""
    c = SESSIONS.c
    wanted = (c.id.in_(some), c.user == user, c.ended_at.is_(None))
    return tx.change(update(SESSIONS).where(*wanted).values(ended_at=now))


def forget_old(tx: Transaction, user: UserId, *, before: datetime) -> None:
    """Delete the person's rows of sessions that began before then."""
    tx.change(delete(SESSIONS).where(SESSIONS.c.user == user, SESSIONS.c.created_at < before))


def _session_of(row: RowMapping) -> Session:
    c = SESSIONS.c
    return Session(
        id=row[c.id],
        user=row[c.user],
        created_at=row[c.created_at],
        seen_at=row[c.seen_at],
        network=row[c.network],
        agent=row[c.agent],
    )
