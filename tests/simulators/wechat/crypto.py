"""Callbacks as WeChat sends them, written from its documentation and independent of the project's own reader.

Facts: WeChat docs, "Technical solution for message encryption and decryption", read 2026-11: AES-256-CBC, the key is
Base64 of 43 characters, its first 16 bytes are the initial vector; 16 random bytes, 4 bytes of length, the message, the
appid; padded to 32; signed by SHA-1 over the sorted texts.
"""

import base64
import hashlib
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32


def encrypted(message: str, *, aes_key: str, appid: str) -> str:
    """Return the message in Base64, encrypted."""
    key, plain = base64.b64decode(aes_key + "="), message.encode()
    whole = secrets.token_bytes(16) + struct.pack(">I", len(plain)) + plain + appid.encode()
    padding = BLOCK - len(whole) % BLOCK
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(whole + bytes([padding]) * padding) + encryptor.finalize()).decode()


def signature(*parts: str) -> str:
    """Return the signature over token, timestamp, nonce and, where there is one, the encrypted text."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def new_aes_key() -> str:
    """Return an EncodingAESKey: 43 characters."""
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
