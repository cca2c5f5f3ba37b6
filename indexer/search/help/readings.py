"""How characters are read, without tones, and which readings sound alike.

`readings.txt` has a line a syllable: the characters that are read so in the first place, then those that can be read so
too (readings of pypinyin, MIT; made by tests/quality/character_tables.py). Characters as `fold` leaves them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("readings.txt")
LONGEST = 6  # letters of a syllable: zhuang
# Who types by ear mixes these up: the tongue's place at the front, the nose's at the end, n with l.
FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))
END = "ng"


@cache
def syllables() -> Mapping[str, str]:
    """Return of each syllable the characters that can be read so."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({syllable: first + others for syllable, first, others in lines})


@cache
def first_readings() -> Mapping[str, str]:
    """Return of each character the commonest of its readings."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({char: syllable for syllable, first, _ in lines for char in first})


@cache
def all_readings() -> Mapping[str, frozenset[str]]:
    """Return of each character all its readings."""
    found: dict[str, set[str]] = {}
    for syllable, chars in syllables().items():
        for char in chars:
            found.setdefault(char, set()).add(syllable)
    return MappingProxyType({char: frozenset(readings) for char, readings in found.items()})


def readings(char: str) -> frozenset[str]:
    """Return how a character can be read; nothing for what is none, or is not known."""
    return all_readings().get(char, frozenset())


@cache
def beginnings() -> frozenset[str]:
    """Return what a syllable can begin with, itself excepted: what is typed so far of a last one."""
    return frozenset(one[:end] for one in syllables() for end in range(1, len(one)))


@cache
def by_ear(syllable: str) -> str:
    """Return one form for syllables that sound alike: zhang, zan and zang are one."""
    for one, other in FRONT:
        if syllable.startswith(one):
            syllable = other + syllable[len(one) :]
            break
    return syllable.removesuffix("g") if syllable.endswith(END) else syllable


@cache
def heard_syllables() -> frozenset[str]:
    """Return the forms of all syllables by ear."""
    return frozenset(map(by_ear, syllables()))


def sound_same(one: str, other: str) -> bool:
    """Tell whether two characters can be read the same."""
    return not readings(one).isdisjoint(readings(other))


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters can be read nearly the same."""
    return not {by_ear(reading) for reading in readings(one)}.isdisjoint(by_ear(reading) for reading in readings(other))
