"""indexer.records.sessions: a row for each sign-in, found by the hash of its token."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.people.accounts import Session, SessionId, User
from indexer.records import people, sessions
from indexer.records.database import Database, Transaction

HOUR = timedelta(hours=1)


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user()


def begin(tx: Transaction, user: User, number: int, at: datetime) -> Session:
    made = Session(
        id=SessionId(f"s{number}"), user=user.id, created_at=at, seen_at=at, network="192.0.2.0/24", agent="Firefox"
    )
    sessions.add(tx, made, token_hash=f"h{number}")
    return made


def test_a_session_is_found_by_the_hash_of_its_token_with_its_person(
    database: Database, user: User, now: datetime
) -> None:
    with database.transaction() as tx:
        made = begin(tx, user, 1, now)

        assert sessions.by_token(tx, "h1") == (made, user)
        assert sessions.by_token(tx, "h2") is None


def test_who_was_removed_is_signed_in_nowhere(database: Database, user: User, now: datetime) -> None:
    with database.transaction() as tx:
        begin(tx, user, 1, now)
        people.remove(tx, user.id, now=now)

        assert sessions.by_token(tx, "h1") is None


def test_the_one_used_last_comes_first(database: Database, user: User, now: datetime) -> None:
    with database.transaction() as tx:
        for number in (1, 2):
            begin(tx, user, number, now)
        sessions.touch(tx, SessionId("s1"), now=now + HOUR)

        assert [one.id for one in sessions.not_ended(tx, user.id)] == ["s1", "s2"]


def test_a_person_ends_only_their_own_and_each_once(
    database: Database, user: User, make_user: Callable[..., User], now: datetime
) -> None:
    other = make_user("编辑乙")
    with database.transaction() as tx:
        begin(tx, user, 1, now)
        begin(tx, other, 2, now)
        both = [SessionId("s1"), SessionId("s2")]
        ended = [sessions.end(tx, both, user=user.id, now=now) for _ in range(2)]

        assert ended == [1, 0]
        assert [one.id for one in sessions.not_ended(tx, other.id)] == ["s2"]
        assert sessions.by_token(tx, "h1") is None


def test_rows_of_long_ago_go(database: Database, user: User, now: datetime) -> None:
    with database.transaction() as tx:
        begin(tx, user, 1, now - 2 * HOUR)
        begin(tx, user, 2, now)
        sessions.forget_old(tx, user.id, before=now - HOUR)

        assert [one.id for one in sessions.not_ended(tx, user.id)] == ["s2"]
