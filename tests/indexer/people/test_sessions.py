"""Sessions: rows that end by themselves, by their owner and by an operator."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from indexer.people import sessions
from indexer.people.accounts import SessionId, User, Visit
from indexer.people.sessions import OPEN_AT_ONCE, SessionLimits
from indexer.records import sessions as rows
from indexer.records.database import Database

LIMITS = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=7))
VISIT = Visit(address="203.0.113.7", agent="Mozilla/5.0 " + "x" * 500)


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def start(database: Database, user: User) -> Callable[..., str]:
    """Begin a session, by default the person's."""

    def begin(now: datetime, *, of: User = user) -> str:
        with database.transaction() as tx:
            return sessions.start(tx, of.id, VISIT, now=now)

    return begin


@pytest.fixture
def resume(database: Database) -> Callable[[str, datetime], SessionId | None]:
    """Use a token; give the session's id, None where it lets nobody in."""

    def use(token: str, now: datetime) -> SessionId | None:
        found = sessions.resume(database, token, limits=LIMITS, now=now)
        return found[0].id if found else None

    return use


Start = Callable[..., str]
Resume = Callable[[str, datetime], SessionId | None]


def test_the_token_is_random_and_not_in_the_records(database: Database, start: Start, now: datetime) -> None:
    tokens = [start(now), start(now)]

    with database.reading() as tx:
        stored = str(tx.rows(select(rows.SESSIONS)))

    assert len(set(tokens)) == 2
    assert min(len(token) for token in tokens) >= 43  # 256 bits
    assert not any(token in stored for token in tokens)
    assert "203.0.113.7" not in stored


def test_a_session_ends_after_its_idle_time(start: Start, resume: Resume, now: datetime) -> None:
    token = start(now)

    assert resume(token, now + timedelta(hours=11)) is not None
    assert resume(token, now + timedelta(hours=22)) is not None  # used eleven hours ago
    assert resume(token, now + timedelta(hours=34)) is None


def test_a_session_in_use_ends_after_its_absolute_time(start: Start, resume: Resume, now: datetime) -> None:
    token = start(now)
    for hours in range(0, 7 * 24, 6):
        assert resume(token, now + timedelta(hours=hours)) is not None

    assert resume(token, now + timedelta(days=7)) is None


def test_using_a_session_is_written_down_every_five_minutes_at_most(
    database: Database, start: Start, resume: Resume, user: User, now: datetime
) -> None:
    token = start(now)

    def seen_after(seconds: int) -> float:
        resume(token, now + timedelta(seconds=seconds))
        (only,) = sessions.of_person(database, user.id, limits=LIMITS, now=now + timedelta(seconds=seconds))
        return (only.seen_at - now).total_seconds()

    assert [seen_after(seconds) for seconds in (10, 299, 300, 599, 600)] == [0, 0, 300, 300, 600]


def test_a_session_of_a_clock_that_was_ahead_is_over_once_it_is_right(
    start: Start, resume: Resume, now: datetime
) -> None:
    token = start(now + timedelta(days=300))

    assert resume(token, now) is None


def test_a_use_noted_by_a_clock_that_was_ahead_does_not_prolong_a_session(
    start: Start, resume: Resume, now: datetime
) -> None:
    token = start(now)
    resume(token, now + timedelta(hours=11))

    assert resume(token, now) is not None
    assert resume(token, now + timedelta(hours=12)) is None


def test_an_ended_session_lets_nobody_in_and_only_its_owner_ends_it(
    database: Database, start: Start, resume: Resume, user: User, make_user: Callable[..., User], now: datetime
) -> None:
    token, other = start(now), make_user("编辑乙")
    session = resume(token, now)
    assert session is not None

    by_another = sessions.end(database, session, user=other.id, now=now)
    still = resume(token, now)
    by_owner = sessions.end(database, session, user=user.id, now=now)

    assert (by_another, still, by_owner) == (False, session, True)
    assert resume(token, now) is None
    assert sessions.end(database, session, user=user.id, now=now) is False


def test_all_others_end_and_this_one_and_other_people_s_go_on(
    database: Database, start: Start, resume: Resume, user: User, make_user: Callable[..., User], now: datetime
) -> None:
    own, second, third, foreign = start(now), start(now), start(now), start(now, of=make_user("编辑乙"))
    session = resume(own, now)
    assert session is not None

    ended = sessions.end_others(database, session, user=user.id, now=now)

    assert ended == 2
    assert [resume(token, now) is not None for token in (own, second, third, foreign)] == [True, False, False, True]


def test_one_person_has_a_bounded_number_of_sessions(start: Start, resume: Resume, now: datetime) -> None:
    tokens = [start(now + timedelta(seconds=turn)) for turn in range(OPEN_AT_ONCE + 2)]

    later = now + timedelta(minutes=1)
    assert [resume(token, later) is not None for token in tokens] == [False] * 2 + [True] * OPEN_AT_ONCE


def test_rows_of_old_sessions_are_forgotten(database: Database, start: Start, now: datetime) -> None:
    start(now)
    start(now + timedelta(days=91))

    with database.reading() as tx:
        assert len(tx.rows(select(rows.SESSIONS))) == 1


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 100_000])
def test_a_token_that_is_none_lets_nobody_in(resume: Resume, now: datetime, token: str) -> None:
    assert resume(token, now) is None
