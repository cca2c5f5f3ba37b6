"""indexer.base.looks: how many bits two looks differ in, and the parts by which copies are found."""

import pytest

from indexer.base.looks import BANDS, MOST_BITS, bands_of, bits_apart, looks_alike

LOOK = "00ff00ff12345678"


@pytest.mark.parametrize(("other", "bits"), [(LOOK, 0), ("00ff00ff12345679", 1), ("ff00ff0012345678", 32)])
def test_looks_are_apart_by_their_bits(other: str, bits: int) -> None:
    assert bits_apart(LOOK, other) == bits_apart(other, LOOK) == bits


def test_the_parts_of_a_look_are_numbers_below_65536() -> None:
    assert bands_of(LOOK) == (0x00FF, 0x00FF, 0x1234, 0x5678)
    assert len(bands_of(LOOK)) == BANDS


def test_one_picture_of_each_is_enough_and_without_any_nothing_is_alike() -> None:
    near = f"{int(LOOK, 16) ^ (2**MOST_BITS - 1):016x}"
    far = f"{int(LOOK, 16) ^ (2 ** (MOST_BITS + 1) - 1):016x}"

    assert looks_alike(("f" * 16, LOOK), ("0" * 16, near))
    assert not looks_alike((LOOK,), (far,))
    assert not looks_alike((), (LOOK,))
