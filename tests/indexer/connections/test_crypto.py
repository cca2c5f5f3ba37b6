"""Encrypted callbacks: signature before decryption, the receiver inside, and nothing taken that is damaged."""

import base64
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.connections.crypto import (
    CallbackKeys,
    CryptoProblem,
    MessageRefused,
    Sealed,
    decrypt,
    encrypt,
    is_signed,
    open_message,
    seal_message,
    sign,
)

KEYS = CallbackKeys(receiver="wx0000000000000001", token="token-of-tests", aes_key="k" * 43)
RANDOM = b"0123456789abcdef"
TIME, NONCE = "1790000000", "12345"


def sealed(text: str = "<xml/>", *, keys: CallbackKeys = KEYS) -> Sealed:
    return seal_message(keys, text, random=RANDOM, timestamp=TIME, nonce=NONCE)


def problem_of(message: Sealed, *, keys: CallbackKeys = KEYS) -> CryptoProblem:
    with pytest.raises(MessageRefused) as refused:
        open_message(keys, message)
    return refused.value.problem


def signed(encrypted: str) -> Sealed:
    signature = sign(KEYS.token, TIME, NONCE, encrypted)
    return Sealed(encrypted=encrypted, timestamp=TIME, nonce=NONCE, signature=signature)


@given(text=st.text(max_size=300), random=st.binary(min_size=16, max_size=16))
def test_what_is_sealed_is_opened_again(text: str, random: bytes) -> None:
    message = seal_message(KEYS, text, random=random, timestamp=TIME, nonce=NONCE)

    assert open_message(KEYS, message) == text


def test_the_signature_is_over_the_sorted_parts() -> None:
    assert sign("c", "a", "b") == sign("a", "b", "c") == "a9993e364706816aba3e25717850c26c9cd0d89d"
    assert is_signed("c", "b", "a", signature="a9993e364706816aba3e25717850c26c9cd0d89d")


@pytest.mark.parametrize("signature", ["", "0" * 40, "签名", "A9993E364706816ABA3E25717850C26C9CD0D89D"])
def test_another_signature_is_none(signature: str) -> None:
    assert not is_signed("c", "b", "a", signature=signature)


@pytest.mark.parametrize("changed", [{"timestamp": "1790000001"}, {"nonce": "1"}, {"signature": ""}])
def test_a_message_whose_envelope_was_altered_is_refused(changed: dict[str, str]) -> None:
    assert problem_of(dataclasses.replace(sealed(), **changed)) is CryptoProblem.SIGNATURE


@pytest.mark.parametrize("encrypted", ["", "no base64!", "QUJD", "签"])
def test_the_signature_is_looked_at_before_anything_is_decrypted(encrypted: str) -> None:
    message = dataclasses.replace(sealed(), encrypted=encrypted)

    assert problem_of(message) is CryptoProblem.SIGNATURE


@pytest.mark.parametrize("encrypted", ["", "no base64!", "QUJD", "签", base64.b64encode(bytes(32)).decode()])
def test_a_signed_message_that_holds_no_cipher_text_is_refused(encrypted: str) -> None:
    assert problem_of(signed(encrypted)) is CryptoProblem.CIPHER


def test_a_cipher_text_cut_short_anywhere_is_refused() -> None:
    whole = base64.b64decode(sealed("<xml>" + "x" * 200 + "</xml>").encrypted)
    cut = [base64.b64encode(whole[:length]).decode() for length in range(0, len(whole), 16)]

    assert {problem_of(signed(encrypted)) for encrypted in cut} == {CryptoProblem.CIPHER}


def test_a_message_for_another_receiver_is_refused() -> None:
    other = dataclasses.replace(KEYS, receiver="wx0000000000000002")

    assert problem_of(sealed(keys=other)) is CryptoProblem.RECEIVER


def test_a_message_under_another_key_is_refused() -> None:
    other = dataclasses.replace(KEYS, aes_key="j" * 43)

    assert problem_of(sealed(keys=other)) is CryptoProblem.CIPHER


@pytest.mark.parametrize("length", [2**32 - 1, 1000])
def test_a_length_that_lies_is_refused(length: int) -> None:
    # The length stands in the second block: the vector's trick of CBC writes another one there by the first block.
    whole = bytearray(base64.b64decode(encrypt(KEYS, "<xml/>", random=RANDOM)))
    for place, (was, wanted) in enumerate(zip((6).to_bytes(4), length.to_bytes(4), strict=True)):
        whole[place] ^= was ^ wanted

    assert problem_of(signed(base64.b64encode(whole).decode())) is CryptoProblem.CIPHER


def test_text_that_is_no_utf_8_is_refused() -> None:
    whole = bytearray(base64.b64decode(encrypt(KEYS, "<xml/>", random=RANDOM)))
    whole[4] ^= ord("<") ^ 0xFF

    assert problem_of(signed(base64.b64encode(whole).decode())) is CryptoProblem.CIPHER


def test_the_length_counts_bytes_and_the_receiver_stands_behind_the_text() -> None:
    opened = decrypt(KEYS.aes_key, encrypt(KEYS, "汉字", random=RANDOM))

    assert (opened.text, opened.receiver) == ("汉字", KEYS.receiver)


def test_random_of_another_length_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="16"):
        encrypt(KEYS, "x", random=b"short")


@pytest.mark.parametrize("aes_key", ["", "k" * 42, "k" * 44, "k" * 42 + "=", "k" * 42 + "字"])
def test_a_key_that_is_none_is_refused_when_it_is_made(aes_key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        CallbackKeys(receiver="wx1", token="t", aes_key=aes_key)


def test_neither_keys_nor_text_stand_in_what_is_printed() -> None:
    assert KEYS.token not in repr(KEYS)
    assert KEYS.aes_key not in repr(KEYS)
    assert "汉字" not in repr(decrypt(KEYS.aes_key, encrypt(KEYS, "汉字", random=RANDOM)))
