"""How WeChat signs and encrypts what it sends to a callback address, and what is answered there. Pure.

Facts: WXBizMsgCrypt of the platform: SHA-1 over the sorted token, time, nonce and cipher text; AES-256-CBC under the
key that EncodingAESKey writes in Base64, whose first 16 bytes are the vector too; inside, 16 random bytes, the length
in 4 bytes, the text in UTF-8, the app id of the receiver, filled up to blocks of 32 by PKCS#7.
"""

import base64
import binascii
import dataclasses
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

RANDOM_BYTES, LENGTH_BYTES, BLOCK_BYTES, VECTOR_BYTES = 16, 4, 32, 16
AES_KEY = re.compile(r"[A-Za-z0-9]{43}")  # as the platform makes and takes them


class CryptoProblem(StrEnum):
    """Why a message is refused."""

    SIGNATURE = "wrong_signature"
    CIPHER = "unreadable_cipher"
    RECEIVER = "other_receiver"


class MessageRefused(Exception):
    """A message that is not taken; what was in it is not told."""

    def __init__(self, problem: CryptoProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackKeys:
    """By what callbacks to one receiver are signed and encrypted. receiver: its app id. aes_key: 43 letters and digits.

    Raises ValueError for a key that is none.
    """

    receiver: str
    token: str = dataclasses.field(repr=False)
    aes_key: str = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        if AES_KEY.fullmatch(self.aes_key) is None:
            raise ValueError("an EncodingAESKey has 43 letters and digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An encrypted message as it came. signature: what the request says it is signed with."""

    encrypted: str
    timestamp: str
    nonce: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message that was decrypted. receiver: the app id that stands in it."""

    text: str = dataclasses.field(repr=False)
    receiver: str


def sign(token: str, *parts: str) -> str:
    """Return the signature over a token and what is sent with it: 40 hex digits."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def is_signed(token: str, *parts: str, signature: str) -> bool:
    """Tell whether a signature is the right one; takes the same time whatever differs."""
    return hmac.compare_digest(sign(token, *parts).encode(), signature.encode())


def open_message(keys: CallbackKeys, sealed: Sealed) -> str:
    """Return the text of a message to this receiver. Nothing is decrypted that is not signed. Raises MessageRefused."""
    parts = (sealed.timestamp, sealed.nonce, sealed.encrypted)
    if not is_signed(keys.token, *parts, signature=sealed.signature):
        raise MessageRefused(CryptoProblem.SIGNATURE)
    opened = decrypt(keys.aes_key, sealed.encrypted)
    if not hmac.compare_digest(opened.receiver.encode(), keys.receiver.encode()):
        raise MessageRefused(CryptoProblem.RECEIVER)
    return opened.text


def seal_message(keys: CallbackKeys, text: str, *, random: bytes, timestamp: str, nonce: str) -> Sealed:
    """Return a text as the platform would send it to this receiver, or take it as an answer; random: 16 bytes."""
    encrypted = encrypt(keys, text, random=random)
    signature = sign(keys.token, timestamp, nonce, encrypted)
    return Sealed(encrypted=encrypted, timestamp=timestamp, nonce=nonce, signature=signature)


def encrypt(keys: CallbackKeys, text: str, *, random: bytes) -> str:
    """Return a text, encrypted, in Base64; random: 16 bytes, new each time. Raises ValueError for another length."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"random has {len(random)} bytes, not {RANDOM_BYTES}")
    said = text.encode()
    plain = random + struct.pack(">I", len(said)) + said + keys.receiver.encode()
    missing = BLOCK_BYTES - len(plain) % BLOCK_BYTES
    encryptor = _cipher(keys.aes_key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()


def decrypt(aes_key: str, encrypted: str) -> Opened:
    """Return what stands in a cipher text. Only for what is signed. Raises MessageRefused."""
    try:
        raw = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MessageRefused(CryptoProblem.CIPHER) from error
    if not raw or len(raw) % BLOCK_BYTES:
        raise MessageRefused(CryptoProblem.CIPHER)
    decryptor = _cipher(aes_key).decryptor()
    plain = _unpadded(decryptor.update(raw) + decryptor.finalize())
    begins = RANDOM_BYTES + LENGTH_BYTES
    if len(plain) < begins:
        raise MessageRefused(CryptoProblem.CIPHER)
    (length,) = struct.unpack(">I", plain[RANDOM_BYTES:begins])
    if length > len(plain) - begins:
        raise MessageRefused(CryptoProblem.CIPHER)
    try:
        text, receiver = plain[begins : begins + length].decode(), plain[begins + length :].decode()
    except UnicodeDecodeError as error:
        raise MessageRefused(CryptoProblem.CIPHER) from error
    return Opened(text=text, receiver=receiver)


def _unpadded(plain: bytes) -> bytes:
    missing = plain[-1]
    if not 1 <= missing <= BLOCK_BYTES or plain[-missing:] != bytes([missing]) * missing:
        raise MessageRefused(CryptoProblem.CIPHER)
    return plain[:-missing]


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:VECTOR_BYTES]))
