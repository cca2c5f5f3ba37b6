"""crawler.pictures.workers: whatever a picture does to its worker, the next one is decoded."""

import os
import time

import pytest

from crawler.pictures.encoding import Encoded
from crawler.pictures.workers import Workers, _serve, memory_bytes
from indexer.catalogue.pictures import PictureRefusal
from tests.crawler.pictures.drawn import picture

PIXELS = 1_000_000


def misbehave(body: bytes, *, most_pixels: int) -> PictureRefusal:
    """Do what the bytes say."""
    match body:
        case b"hang":
            time.sleep(60)
        case b"die":
            os._exit(9)
        case b"eat":
            _ = bytearray(2 * memory_bytes(most_pixels))
    return PictureRefusal.TOO_SMALL


def test_a_picture_is_decoded_in_a_process_that_is_kept() -> None:
    workers = Workers(most_pixels=PIXELS)
    try:
        made = [workers.encode(picture(60, 40)) for _ in range(3)]
        assert all(isinstance(one, Encoded) for one in made)
        assert workers.encode(picture(1200, 1000)) is PictureRefusal.TOO_MANY_PIXELS
    finally:
        workers.close()


@pytest.mark.parametrize("bad", [b"hang", b"die", b"eat"])
def test_a_worker_that_hangs_dies_or_eats_is_replaced(bad: bytes) -> None:
    workers = Workers(most_pixels=PIXELS, run=misbehave, seconds=8)  # a process takes a while to start
    try:
        assert workers.encode(bad) is PictureRefusal.TOO_SLOW
        assert workers.encode(b"good") is PictureRefusal.TOO_SMALL
    finally:
        workers.close()
        workers.close()


def test_a_worker_has_memory_for_the_largest_picture_that_a_setting_lets_in() -> None:
    most_pixels, measured = 200_000_000, 2_450_000_000  # bytes, of a PNG with transparency that stands on its side

    assert memory_bytes(most_pixels) > measured


def test_a_worker_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def send(self, _: object) -> None: ...

        def recv_bytes(self) -> bytes:
            raise EOFError

    for name in ("signal.signal", "resource.setrlimit", "os.nice"):
        monkeypatch.setattr(f"crawler.pictures.workers.{name}", lambda *_: None)

    _serve(Closed(), misbehave, PIXELS)  # type: ignore[arg-type]  # all that it asks of a pipe
