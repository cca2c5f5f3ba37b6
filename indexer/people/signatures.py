"""How a program of a unit signs what it asks for: HMAC-SHA256 over one text that says all of it. Pure.

docs/api.md says the same to those who write such a program.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

SCHEME = "CARNIVAL-HMAC-SHA256"
FRESH = timedelta(minutes=5)  # between the clock of who signs and ours, either way
HEADER = re.compile(
    rf"{SCHEME} key=([0-9a-z]{{1,80}}), ?time=([1-9][0-9]{{0,11}}), ?nonce=([A-Za-z0-9_-]{{16,64}}),"
    r" ?signature=([0-9a-f]{64})"
)
IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the header Authorization says. time: seconds since 1970. code: 64 hex digits."""

    key: str
    time: int
    nonce: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What was asked for. path: with its query, if any, as it was sent. once: the idempotency key, empty without."""

    method: str
    path: str
    once: str
    body: bytes


def read_signature(header: str) -> Signature | None:
    """Return what the header says; None for whatever is not written as it must be."""
    found = HEADER.fullmatch(header)
    if found is None:
        return None
    return Signature(key=found[1], time=int(found[2]), nonce=found[3], code=found[4])


def code_of(secret: str, message: Message, *, time: int, nonce: str) -> str:
    """Return the signature of a message: 64 hex digits."""
    digest = hashlib.sha256(message.body).hexdigest()
    lines = (SCHEME, message.method, message.path, str(time), nonce, message.once, digest)
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def is_right(secret: str, message: Message, signature: Signature) -> bool:
    """Tell whether it was made with this secret over this message; takes the same time whatever differs."""
    code = code_of(secret, message, time=signature.time, nonce=signature.nonce)
    return hmac.compare_digest(code, signature.code)


def is_fresh(signature: Signature, *, now: datetime) -> bool:
    """Tell whether it was made within FRESH of now."""
    return abs(now.timestamp() - signature.time) <= FRESH.total_seconds()
