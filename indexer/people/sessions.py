"""Sessions: each a row that can be ended, behind a random token of which only the hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from indexer.base.ids import new_id
from indexer.people.accounts import Session, SessionId, User, UserId, Visit
from indexer.people.attempts import shortened
from indexer.records import sessions
from indexer.records.database import Database, Transaction

TOKEN_BYTES = 32
AGENT_CHARS = 200
TOUCH = timedelta(minutes=5)  # between two notes that a session is in use: reading a page must not write each time
SKEW = timedelta(minutes=5)
KEPT = timedelta(days=90)  # rows of ended sessions
OPEN_AT_ONCE = 20  # of one person; a further sign-in ends the one used least lately


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """idle: since it was last used. absolute: since the sign-in."""

    idle: timedelta
    absolute: timedelta


def start(tx: Transaction, user: UserId, visit: Visit, *, now: datetime) -> str:
    """Begin a session and return its token, which is shown to nobody else and stored nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session = Session(
        id=SessionId(new_id()),
        user=user,
        created_at=now,
        seen_at=now,
        network=shortened(visit.address),
        agent=visit.agent[:AGENT_CHARS],
    )
    sessions.forget_old(tx, user, before=now - KEPT)
    surplus = sessions.not_ended(tx, user)[OPEN_AT_ONCE - 1 :]
    sessions.end(tx, [one.id for one in surplus], user=user, now=now)
    sessions.add(tx, session, token_hash=_hash(token))
    return token


def resume(database: Database, token: str, *, limits: SessionLimits, now: datetime) -> tuple[Session, User] | None:
    """Return the session of a token and its person; None where it was ended, or is over by its limits."""
    with database.reading() as tx:
        found = sessions.by_token(tx, _hash(token))
    if found is None or not is_open(found[0], limits=limits, now=now):
        return None
    if abs(now - found[0].seen_at) >= TOUCH:
        with database.transaction() as tx:
            sessions.touch(tx, found[0].id, now=now)
    return found


def is_open(session: Session, *, limits: SessionLimits, now: datetime) -> bool:
    """Tell whether a session that nobody ended is within its limits.

    One that began in the future was made while the clock was ahead: it is over, since it would last for as long.
    """
    age, rest = now - session.created_at, now - session.seen_at
    return -SKEW <= age < limits.absolute and rest < limits.idle


def of_person(database: Database, user: UserId, *, limits: SessionLimits, now: datetime) -> list[Session]:
    """Return the person's open sessions, the one used last first."""
    with database.reading() as tx:
        return [one for one in sessions.not_ended(tx, user) if is_open(one, limits=limits, now=now)]


def end(database: Database, session: SessionId, *, user: UserId, now: datetime) -> bool:
    """End one session of this person; False where it was none of theirs, or ended before."""
    with database.transaction() as tx:
        return bool(sessions.end(tx, [session], user=user, now=now))


def end_others(database: Database, session: SessionId, *, user: UserId, now: datetime) -> int:
    """End all sessions of this person but the one; return how many that were."""
    with database.transaction() as tx:
        others = [one.id for one in sessions.not_ended(tx, user) if one.id != session]
        return sessions.end(tx, others, user=user, now=now)


def end_all(tx: Transaction, user: UserId, *, now: datetime) -> None:
    """End every session of this person."""
    sessions.end(tx, [one.id for one in sessions.not_ended(tx, user)], user=user, now=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
