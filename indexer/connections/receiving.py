"""Take what WeChat sends to a callback address: found whose it is, checked, opened, and kept once for the collector.

Nothing is asked of anybody here: the platform waits five seconds for its answer.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from config.settings import Settings
from indexer.connections.crypto import CallbackKeys, CryptoProblem, MessageRefused, Sealed, is_signed, open_message
from indexer.connections.events import Event, XmlRefused, read_envelope, read_event
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import connections, platform_events
from indexer.records.database import Database
from indexer.records.sealing import seal, unseal

FRESH = timedelta(minutes=5)  # between the platform's clock and ours, either way; what is sent again comes in seconds
LISTENING = frozenset({ConnectionState.CONNECTED, ConnectionState.EXPIRED})  # of those that ended nothing is heard


class CallbackProblem(StrEnum):
    """Why a callback is not taken; for the log, and told to nobody."""

    NO_RECEIVER = "no_such_receiver"
    STALE = "stale"
    SIGNATURE = "wrong_signature"
    BODY = "unreadable_body"
    RECEIVER = "other_receiver"
    ACCOUNT = "other_account"


PROBLEMS: Mapping[CryptoProblem, CallbackProblem] = MappingProxyType(
    {
        CryptoProblem.SIGNATURE: CallbackProblem.SIGNATURE,
        CryptoProblem.CIPHER: CallbackProblem.BODY,
        CryptoProblem.RECEIVER: CallbackProblem.RECEIVER,
    }
)


class CallbackRefused(Exception):
    """A callback that is not taken."""

    def __init__(self, problem: CallbackProblem, detail: str = "") -> None:
        self.problem, self.detail = problem, detail
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who may be called. account: app id of the account; empty of the component itself. original_id: where known."""

    keys: CallbackKeys
    account: str = ""
    original_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One callback that was opened. body: its XML."""

    receiver: Receiver
    event: Event
    body: str = dataclasses.field(repr=False)


def account_receiver(database: Database, settings: Settings, account: str) -> Receiver:
    """Return the receiver of an account that is connected by its own app id. Raises CallbackRefused."""
    found = _listening(database, Platform.WECHAT, account)
    try:
        kept = json.loads(unseal(settings, found.callback_sealed) or "{}")
        keys = CallbackKeys(receiver=account, token=kept["token"], aes_key=kept["aes_key"])
    except (KeyError, ValueError) as error:
        raise CallbackRefused(CallbackProblem.NO_RECEIVER, "the connection has no keys of callbacks") from error
    return Receiver(keys=keys, account=account, original_id=found.original_id)


def component_receiver(database: Database, settings: Settings, account: str = "") -> Receiver:
    """Return the component, or with an account one that authorised it. Raises CallbackRefused."""
    keys = component_keys(settings)
    if keys is None:
        raise CallbackRefused(CallbackProblem.NO_RECEIVER, "no component is set")
    if not account:
        return Receiver(keys=keys)
    found = _listening(database, Platform.COMPONENT, account)
    return Receiver(keys=keys, account=account, original_id=found.original_id)


def component_keys(settings: Settings) -> CallbackKeys | None:
    """Return by what the component's callbacks are signed; None where none is set up, or not with usable keys."""
    token, aes_key = settings.wechat_component_token, settings.wechat_component_aes_key
    if not (settings.wechat_component_appid and token and aes_key):
        return None
    try:
        return CallbackKeys(
            receiver=settings.wechat_component_appid,
            token=token.get_secret_value(),
            aes_key=aes_key.get_secret_value(),
        )
    except ValueError:
        return None


def check_address(receiver: Receiver, *, timestamp: str, nonce: str, signature: str, now: datetime) -> None:
    """Check the request by which the platform tries an address that was entered there. Raises CallbackRefused."""
    _check_fresh(timestamp, now=now)
    if not is_signed(receiver.keys.token, timestamp, nonce, signature=signature):
        raise CallbackRefused(CallbackProblem.SIGNATURE)


def open_callback(
    receiver: Receiver, body: bytes, *, timestamp: str, nonce: str, signature: str, now: datetime
) -> Received:
    """Return what the platform says; signature: over the cipher text (`msg_signature`). Raises CallbackRefused."""
    _check_fresh(timestamp, now=now)
    try:
        encrypted = read_envelope(body)
        sealed = Sealed(encrypted=encrypted, timestamp=timestamp, nonce=nonce, signature=signature)
        text = open_message(receiver.keys, sealed)
        event = read_event(text.encode())
    except XmlRefused as refused:
        raise CallbackRefused(CallbackProblem.BODY, str(refused)) from refused
    except MessageRefused as refused:
        raise CallbackRefused(PROBLEMS[refused.problem]) from refused
    _check_addressee(receiver, event)
    return Received(receiver=receiver, event=event, body=text)


def keep(database: Database, settings: Settings, received: Received, *, now: datetime) -> bool:
    """Keep an event for the collector; False where it is here already, or is none that anybody waits for.

    What readers of an account write to it is read by nobody and kept nowhere.
    """
    event = received.event
    if event.kind is None:
        return False
    account = received.receiver.account or received.receiver.keys.receiver
    body = seal(settings, received.body) if event.holds_secret else received.body
    with database.transaction() as tx:
        return platform_events.receive(
            tx, account=account, event_key=event.key, kind=event.kind.value, body=body, at=now
        )


def opened_body(settings: Settings, body: str, *, is_sealed: bool) -> str | None:
    """Return the XML of an event that was kept; None where this machine cannot open it."""
    return unseal(settings, body) if is_sealed else body


def _check_fresh(timestamp: str, *, now: datetime) -> None:
    is_number = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12
    if not is_number or abs(now.timestamp() - int(timestamp)) > FRESH.total_seconds():
        raise CallbackRefused(CallbackProblem.STALE)


def _check_addressee(receiver: Receiver, event: Event) -> None:
    """Path and signature name different things: what is signed must be about the account of the path."""
    if event.is_notice == bool(receiver.account):
        raise CallbackRefused(CallbackProblem.ACCOUNT, "a notice at an account's address, or a message at no account's")
    if event.is_notice and event.component != receiver.keys.receiver:
        raise CallbackRefused(CallbackProblem.ACCOUNT, "a notice of another component")
    if receiver.original_id and event.to != receiver.original_id:
        raise CallbackRefused(CallbackProblem.ACCOUNT, "a message to another account")


def _listening(database: Database, platform: Platform, account: str) -> Connection:
    with database.reading() as tx:
        found = connections.of_account(tx, platform, account)
    if found is None or found.state not in LISTENING:
        raise CallbackRefused(CallbackProblem.NO_RECEIVER)
    return found
