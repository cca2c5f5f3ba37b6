"""Rows of kind `wechat_crypto`: encrypted callbacks opened, and one direction back (shared/fixtures/README.md)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.connections.crypto import (
    CallbackKeys,
    CryptoProblem,
    MessageRefused,
    Sealed,
    decrypt,
    encrypt,
    is_signed,
    open_message,
)
from indexer.connections.events import read_envelope
from tests.real.comparing import differing

Expected = Mapping[str, Any]


def compare(path: Path, expected: Expected) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    got = _encrypted(path) if path.suffix == ".json" else _opened(path, expected)
    return [
        differing(field, value, expected[field]) for field, value in got if expected.get(field) not in (None, value)
    ]


def _encrypted(path: Path) -> Iterator[tuple[str, object]]:
    """The answer's own direction: made, then opened again."""
    given = json.loads(path.read_bytes())
    keys = CallbackKeys(receiver=given["appid"], token="", aes_key=given["EncodingAESKey"])
    made = encrypt(keys, given["plaintext"], random=given["random"].encode())
    yield "encrypt_sha256", hashlib.sha256(made.encode()).hexdigest()
    again = decrypt(keys.aes_key, made)
    yield "receiver", again.receiver
    yield "plaintext_bytes", len(again.text.encode())


def _opened(path: Path, expected: Expected) -> Iterator[tuple[str, object]]:
    encrypted = read_envelope(path.read_bytes())
    keys = CallbackKeys(receiver=expected["appid"], token=expected["token"], aes_key=expected["EncodingAESKey"])
    timestamp, nonce, signature = expected["timestamp"], expected["nonce"], expected["msg_signature"]
    signature_ok = is_signed(keys.token, timestamp, nonce, encrypted, signature=signature)
    yield "signature_ok", signature_ok
    inside = decrypt(keys.aes_key, encrypted)
    yield "receiver_in_message", inside.receiver
    yield "receiver_ok", inside.receiver == keys.receiver
    yield "plaintext", inside.text
    sealed = Sealed(encrypted=encrypted, timestamp=timestamp, nonce=nonce, signature=signature)
    try:
        taken, problem = open_message(keys, sealed), None
    except MessageRefused as refused:
        taken, problem = "", refused.problem
    # What a refused row has in it only explains; a right signature is what is looked at first.
    wanted = None if not expected.get("refused") else _problem(signature_ok=signature_ok)
    if problem is not wanted or (problem is None and taken != expected["plaintext"]):
        yield "refused", problem or False


def _problem(*, signature_ok: bool) -> CryptoProblem:
    return CryptoProblem.RECEIVER if signature_ok else CryptoProblem.SIGNATURE
