"""indexer.people.signatures: the text that is signed, and what is read of the header."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.people.signatures import FRESH, SCHEME, Message, code_of, is_fresh, is_right, read_signature

MESSAGE = Message(method="POST", path="/api/v1/push", once="push-0001", body=b'{"url": "x"}')
SECRET, TIME, NONCE = "a" * 64, 1_789_610_400, "n" * 16
CODE = code_of(SECRET, MESSAGE, time=TIME, nonce=NONCE)
HEADER = f"{SCHEME} key=01k, time={TIME}, nonce={NONCE}, signature={CODE}"


def test_what_is_signed_is_what_openssl_signs() -> None:
    digest = subprocess.run(["openssl", "dgst", "-sha256", "-r"], input=MESSAGE.body, capture_output=True, check=True)
    lines = [SCHEME, "POST", "/api/v1/push", str(TIME), NONCE, "push-0001", digest.stdout.split()[0].decode()]

    signed = subprocess.run(
        ["openssl", "dgst", "-sha256", "-hmac", SECRET, "-r"],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=True,
    )

    assert signed.stdout.split()[0].decode() == CODE


def test_a_header_is_read_and_its_signature_is_right() -> None:
    signature = read_signature(HEADER)

    assert signature is not None
    assert (signature.key, signature.time, signature.nonce) == ("01k", TIME, NONCE)
    assert is_right(SECRET, MESSAGE, signature)
    assert read_signature(HEADER.replace(", ", ",")) == signature


@pytest.mark.parametrize(
    "other",
    [
        {"method": "GET"},
        {"path": "/api/v1/push?x"},
        {"once": "push-0002"},
        {"once": ""},
        {"body": b'{"url": "y"}'},
    ],
)
def test_a_signature_is_of_one_message_alone(other: dict[str, object]) -> None:
    signature = read_signature(HEADER)
    assert signature is not None

    assert not is_right(SECRET, replace(MESSAGE, **other), signature)  # type: ignore[arg-type]  # of the table above
    assert not is_right(SECRET, MESSAGE, replace(signature, time=TIME + 1))
    assert not is_right(SECRET, MESSAGE, replace(signature, nonce="m" * 16))
    assert not is_right("b" * 64, MESSAGE, signature)


@pytest.mark.parametrize(
    "header",
    [
        "",
        SCHEME,
        HEADER + " ",
        HEADER + "\n",
        "\n" + HEADER,
        HEADER.lower(),
        HEADER.replace("key=01k", "key="),
        HEADER.replace("key=01k", "key=../x"),
        HEADER.replace(str(TIME), "-1"),
        HEADER.replace(str(TIME), f"0{TIME}"),
        HEADER.replace(str(TIME), "1" * 13),
        HEADER.replace(str(TIME), "١٢٣"),
        HEADER.replace(NONCE, "short"),
        HEADER.replace(NONCE, "n" * 65),
        HEADER.replace(CODE, CODE[:-1]),
        HEADER.replace(CODE, CODE + "0"),
        HEADER.replace(CODE, CODE.upper()),
        f"{HEADER}, {HEADER}",
    ],
)
def test_what_is_not_written_as_it_must_be_is_none(header: str) -> None:
    assert read_signature(header) is None


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_is_none(header: str) -> None:
    assert read_signature(header) is None


@pytest.mark.parametrize(("late", "fresh"), [(0, True), (1, True), (-1, True), (1.01, False), (-1.01, False)])
def test_a_signature_is_fresh_for_five_minutes_either_way(late: float, fresh: bool) -> None:
    signature = read_signature(HEADER)
    assert signature is not None
    now = datetime.fromtimestamp(TIME, UTC) + FRESH * late

    assert is_fresh(signature, now=now) is fresh
    assert timedelta(minutes=5) == FRESH
