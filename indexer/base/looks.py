"""How a picture looks, in 64 bits: copies that were encoded anew or made smaller differ in few of them.

A look is written as 16 hex digits, empty where a picture shows too little to be told by.
"""

LOOK_DIGITS, BAND_DIGITS = 16, 4
BANDS = LOOK_DIGITS // BAND_DIGITS
MOST_BITS = 6  # that differ between two copies; of two pictures about 32 do, of a thousand thousand none fewer than 8


def bits_apart(one: str, other: str) -> int:
    """Return in how many bits two looks differ. Pure. Raises ValueError for what is no look."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands_of(look: str) -> tuple[int, ...]:
    """Return the look in four parts, 0 to 65,535: two of a copy have one of them in common, all but always. Pure."""
    return tuple(int(look[first : first + BAND_DIGITS], 16) for first in range(0, LOOK_DIGITS, BAND_DIGITS))


def looks_alike(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether one of the pictures is a copy of one of the others. Pure."""
    return any(bits_apart(one, other) <= MOST_BITS for one in ones for other in others)
