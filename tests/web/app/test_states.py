"""web.app.states: a state comes back once, in time, in the session and for the platform that it was signed for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.people import sessions
from indexer.people.accounts import SessionId, User, Visit
from indexer.records.database import Database
from indexer.records.push_requests import NONCES_KEPT
from web.app import states
from web.app.access import load_user
from web.app.states import LASTS, SALT, State, StateProblem, StateRefused

NOW = datetime(2026, 9, 20, 4, tzinfo=UTC)
CHANNEL, OURS, THEIRS = ChannelId("kx-weibo"), SessionId("s1"), SessionId("s2")
Take = Callable[..., State]


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


@pytest.fixture
def take(inside: Flask, database: Database) -> Take:
    def one(state: str, platform: str = "weibo", session: SessionId = OURS, after: timedelta = timedelta(0)) -> State:
        with database.transaction() as tx:
            return states.take(tx, state, platform, session, now=NOW + after)

    return one


def signed() -> str:
    return states.sign(CHANNEL, "weibo", OURS, now=NOW)


def test_a_state_gives_its_channel_back(take: Take) -> None:
    assert take(signed()).channel == CHANNEL


def test_every_state_is_another_and_fits_an_address_as_it_is(take: Take) -> None:
    first, second = signed(), signed()

    assert first != second
    assert all(char.isalnum() or char in "-_." for char in first)
    assert take(first).nonce != take(second).nonce


def test_a_state_counts_once(take: Take) -> None:
    state = signed()
    take(state)

    with pytest.raises(StateRefused) as refused:
        take(state, after=LASTS)
    assert refused.value.problem is StateProblem.USED


@pytest.mark.parametrize(("platform", "session"), [("component", OURS), ("weibo", THEIRS), ("", OURS)])
def test_another_session_and_another_platform_cannot_use_it_and_do_not_use_it_up(
    take: Take, platform: str, session: SessionId
) -> None:
    state = signed()

    with pytest.raises(StateRefused) as refused:
        take(state, platform, session)
    assert refused.value.problem is StateProblem.FOREIGN
    assert take(state).channel == CHANNEL


@pytest.mark.parametrize("after", [LASTS + timedelta(seconds=1), timedelta(minutes=-3)])
def test_a_state_is_good_for_a_quarter_of_an_hour(take: Take, after: timedelta) -> None:
    with pytest.raises(StateRefused) as refused:
        take(signed(), after=after)
    assert refused.value.problem is StateProblem.LATE


def test_a_state_is_good_to_its_end_and_for_a_clock_that_is_a_little_behind(take: Take) -> None:
    assert take(signed(), after=LASTS).channel == CHANNEL
    assert take(signed(), after=timedelta(minutes=-1)).channel == CHANNEL


@pytest.mark.parametrize("state", ["", "x", "a.b", "W10.AAAA", "é" * 10, "x" * 100_000])
def test_what_we_did_not_sign_is_foreign(take: Take, state: str) -> None:
    with pytest.raises(StateRefused) as refused:
        take(state)
    assert refused.value.problem is StateProblem.FOREIGN


@pytest.mark.parametrize("place", [0, 8, -1])
def test_a_changed_state_is_foreign(take: Take, place: int) -> None:
    state = list(signed())
    state[place] = "A" if state[place] != "A" else "Q"

    with pytest.raises(StateRefused) as refused:
        take("".join(state))
    assert refused.value.problem is StateProblem.FOREIGN


@pytest.mark.parametrize("content", [None, [], {}, ["weibo", "c", "s1", "n"], ["weibo", "c", "s1", 1, 2]])
def test_what_we_signed_in_another_shape_or_for_another_purpose_is_foreign(
    inside: Flask, take: Take, content: object
) -> None:
    ours = str(URLSafeSerializer(str(inside.secret_key), salt=SALT).dumps(content))
    other = str(
        URLSafeSerializer(str(inside.secret_key), salt="carnival.device").dumps(
            ["weibo", CHANNEL, OURS, "nonce", int(NOW.timestamp())]
        )
    )

    for state in (ours, other):
        with pytest.raises(StateRefused) as refused:
            take(state)
        assert refused.value.problem is StateProblem.FOREIGN


def test_a_used_state_is_remembered_for_longer_than_it_is_good() -> None:
    assert LASTS + 2 * times.CLOCK_SLACK < NONCES_KEPT


def test_a_use_that_is_not_written_does_not_count(inside: Flask, database: Database, take: Take) -> None:
    state = signed()

    def fail() -> None:
        with database.transaction() as tx:
            states.take(tx, state, "weibo", OURS, now=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert take(state).channel == CHANNEL


def test_the_session_of_who_asks_is_the_row_s(app: Flask, database: Database, make_user: Callable[..., User]) -> None:
    user = make_user()
    with database.transaction() as tx:
        token = sessions.start(tx, user.id, Visit(), now=times.now())
    with app.test_request_context("/"):
        signed_in = load_user(token)
        assert signed_in is not None
        app.login_manager._update_request_context_with_user(signed_in)  # type: ignore[attr-defined]

        session = signed_in.session
        assert session is not None
        assert states.own_session() == session.id
