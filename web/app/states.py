"""What goes to a platform with a person and comes back with them: a signed state, for one session, channel and use.

A person who connects a channel leaves for the platform's own pages and returns by an address that anybody could write.
The state says that they left from here, a short while ago, in this very session, for this channel.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from indexer.base.ids import ChannelId
from indexer.base.times import CLOCK_SLACK
from indexer.people.accounts import SessionId
from indexer.records.database import Transaction
from indexer.records.push_requests import use_nonce

SALT = "carnival.connect"
LASTS = timedelta(minutes=15)  # shorter than a used one is remembered (indexer/records/push_requests.py)
NONCE_BYTES = 16
STATE_CHARS = 500  # no state of ours is longer
USED_BY = "connect"  # whose nonces these are, beside those of push keys


class StateProblem(StrEnum):
    """Why a state is not taken."""

    FOREIGN = "foreign"  # not ours, changed, of another platform or of another session
    LATE = "late"
    USED = "used"


class StateRefused(Exception):
    """A return that did not begin here as it says; problem: why."""

    def __init__(self, problem: StateProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state that was taken. nonce: unlike that of every other; ids may be made from it."""

    channel: ChannelId
    nonce: str


def sign(channel: ChannelId, platform: str, session: SessionId, *, now: datetime) -> str:
    """Return a new state (letters, digits, `.`, `-`, `_`) with which this session may return from a platform once."""
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    return str(_serializer().dumps([platform, channel, session, nonce, int(now.timestamp())]))


def take(tx: Transaction, state: str, platform: str, session: SessionId, *, now: datetime) -> State:
    """Return what a state was signed for, and note that it was used: in this transaction, so with what is filed for it.

    Raises StateRefused. A refused state of this session stays unused, but for one that was used before.
    """
    match _content(state):
        case [str() as of, str() as channel, str() as by, str() as nonce, int() as since]:
            pass
        case _:
            raise StateRefused(StateProblem.FOREIGN)
    if (of, by) != (platform, session):
        raise StateRefused(StateProblem.FOREIGN)
    if not -CLOCK_SLACK.total_seconds() <= now.timestamp() - since <= LASTS.total_seconds():
        raise StateRefused(StateProblem.LATE)
    if not use_nonce(tx, USED_BY, nonce, at=now):
        raise StateRefused(StateProblem.USED)
    return State(channel=ChannelId(channel), nonce=nonce)


def own_session() -> SessionId:
    """Return the session of the person who asks. Only for views that only people who are signed in may ask for."""
    session: SessionId = current_user.session.id
    return session


def _content(state: str) -> object:
    if len(state) > STATE_CHARS:
        return None
    try:
        content: object = _serializer().loads(state)
    except BadData:
        return None
    return content


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
