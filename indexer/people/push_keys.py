"""Keys by which a unit's own systems push: made, revoked, and asked whether what was signed with one may be done."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from config.settings import Settings
from indexer.base.actors import Actor
from indexer.base.changes import ChangeKind, changed
from indexer.base.ids import UnitId, new_id
from indexer.people.signatures import Message, is_fresh, is_right, read_signature
from indexer.records import channels, ledger, push_keys, push_requests
from indexer.records.database import Database, Transaction
from indexer.records.push_keys import PushKey
from indexer.records.retries import again_if_contended
from indexer.records.sealing import seal, unseal
from indexer.records.turns import Turn, take_turn

SECRET_BYTES = 32
MOST_KEYS = 5  # of one unit that are not revoked
NAME_CHARS = 60
TOUCH = timedelta(minutes=5)  # between two notes that a key is in use


class KeyProblem(StrEnum):
    """Why a key was not made or revoked."""

    NAME = "bad_name"
    TOO_MANY = "too_many_keys"
    NO_UNIT = "no_such_unit"
    NO_KEY = "no_such_key"
    REVOKED = "revoked_already"


class KeyRefused(Exception):
    """A key that cannot be made or revoked."""

    def __init__(self, problem: KeyProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


class SignatureProblem(StrEnum):
    """Why something signed is not done."""

    UNREAD = "no_signature"  # there is none, or not as it must be written
    UNKNOWN = "unknown_key"
    WRONG = "wrong_signature"
    REVOKED = "revoked_key"
    STALE = "stale_signature"
    REPLAYED = "used_nonce"


class SignatureRefused(Exception):
    """What was asked for is not done: nobody who may has signed it."""

    def __init__(self, problem: SignatureProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def make_key(
    database: Database, settings: Settings, *, unit: UnitId, name: str, by: Actor, now: datetime
) -> tuple[PushKey, str]:
    """Return a new key and its secret, which is shown once and kept sealed alone. Raises KeyRefused, ConfigRefused."""
    if not name or len(name) > NAME_CHARS or not name.isprintable() or name != name.strip():
        raise KeyRefused(KeyProblem.NAME)
    secret = secrets.token_hex(SECRET_BYTES)
    key = PushKey(id=new_id(), unit=unit, name=name, sealed=seal(settings, secret), made_by=by.name, made_at=now)
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        if channels.unit(tx, unit) is None:
            raise KeyRefused(KeyProblem.NO_UNIT)
        if push_keys.count_valid(tx, unit) >= MOST_KEYS:
            raise KeyRefused(KeyProblem.TOO_MANY)
        push_keys.add(tx, key)
        _note(tx, ChangeKind.KEY_MADE, key, by=by, now=now)
    return key, secret


def revoke_key(database: Database, id: str, *, by: Actor, now: datetime, unit: UnitId | None = None) -> PushKey:
    """Let a key count no more, and return it; unit: whose it must be. Raises KeyRefused."""
    with database.transaction() as tx:
        take_turn(tx, Turn.ACCOUNTS)
        key = push_keys.push_key(tx, id)
        if key is None or (unit is not None and key.unit != unit):
            raise KeyRefused(KeyProblem.NO_KEY)
        if not push_keys.revoke(tx, id, at=now):
            raise KeyRefused(KeyProblem.REVOKED)
        _note(tx, ChangeKind.KEY_REVOKED, key, by=by, now=now)
    return key


@again_if_contended
def admit(database: Database, settings: Settings, header: str, message: Message, *, now: datetime) -> PushKey:
    """Return the key that signed a message, whose nonce is used from now on. Raises SignatureRefused.

    Whether a key is revoked or a clock is wrong learns only who signed rightly.
    """
    signature = read_signature(header)
    if signature is None:
        raise SignatureRefused(SignatureProblem.UNREAD)
    with database.reading() as tx:
        key = push_keys.push_key(tx, signature.key)
    secret = unseal(settings, key.sealed) if key else None
    if key is None or secret is None:
        raise SignatureRefused(SignatureProblem.UNKNOWN)
    if not is_right(secret, message, signature):
        raise SignatureRefused(SignatureProblem.WRONG)
    if key.revoked_at is not None:
        raise SignatureRefused(SignatureProblem.REVOKED)
    if not is_fresh(signature, now=now):
        raise SignatureRefused(SignatureProblem.STALE)
    with database.transaction() as tx:
        is_new = push_requests.use_nonce(tx, key.id, signature.nonce, at=now)
        if is_new and (key.used_at is None or abs(now - key.used_at) >= TOUCH):
            push_keys.touch(tx, key.id, at=now)
    if not is_new:
        raise SignatureRefused(SignatureProblem.REPLAYED)
    return key


def _note(tx: Transaction, kind: ChangeKind, key: PushKey, *, by: Actor, now: datetime) -> None:
    ledger.append(tx, changed(kind, key.id, {"unit": key.unit, "name": key.name}, by=by, now=now))
