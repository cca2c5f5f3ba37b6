"""What one character costs where another one was meant: those that sound or look alike are taken for each other.

`look_alikes.txt` has a line a character with those that look like it, the likest first (told by their pictures in a
font; made by tests/quality/character_tables.py).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indexer.search.help.readings import all_readings, readings, sound_alike, sound_same, syllables

TABLE = Path(__file__).with_name("look_alikes.txt")
SAME_SOUND, LOOKS_ALIKE, LIKE_SOUND, UNLIKE = 0.3, 0.35, 0.45, 0.9


@cache
def look_alikes() -> Mapping[str, str]:
    """Return of each character those that look like it."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({char: near for char, near in lines})


def look_alike(one: str, other: str) -> bool:
    """Tell whether one of two characters is easily taken for the other."""
    known = look_alikes()
    return other in known.get(one, "") or one in known.get(other, "")


def exchanged(typed: str, meant: str) -> float:
    """Return the cost of one character in another one's place: 0 for the same, UNLIKE for any other."""
    if typed == meant:
        return 0.0
    if sound_same(typed, meant):
        return SAME_SOUND
    if look_alike(typed, meant):
        return LOOKS_ALIKE
    return LIKE_SOUND if sound_alike(typed, meant) else UNLIKE


def taken_for(char: str) -> frozenset[str]:
    """Return all the characters that sound the same as one, or look like it."""
    heard = {other for reading in readings(char) for other in syllables()[reading]}
    seen = {other for other, near in _seen_as().items() if char in near}
    return frozenset(heard | seen | set(look_alikes().get(char, ""))) - {char}


@cache
def _seen_as() -> Mapping[str, str]:
    return MappingProxyType({char: look_alikes().get(char, "") for char in all_readings() if char in look_alikes()})
