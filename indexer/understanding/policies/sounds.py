"""How a text sounds: each character as its syllable without the tone, words in pinyin as their syllables."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from indexer.understanding.policies.normal import FEW_KEPT, Codes, identity, mapped, through

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

READINGS = Path(__file__).with_name("readings.yaml")
FIRST = 0xE000  # of the private characters that stand for syllables
LATIN = re.compile("[a-z]+")
LONGEST = 60  # letters of a word in pinyin


@cache
def syllables() -> Mapping[str, str]:
    """Return syllable → the private character that stands for it."""
    return {syllable: chr(FIRST + number) for number, (syllable, _) in enumerate(_read())}


@lru_cache(maxsize=FEW_KEPT)
def sound(text: str) -> str:
    """Return the normalised text with each Chinese character as its syllable's, in its place; all else stays."""
    return mapped(text, _table())


def sounded(codes: Codes) -> Codes:
    """Return the same of code points, as an array of its own."""
    return through(_table(), codes)


def in_pinyin(word: str) -> str | None:
    """Return the syllables that Latin letters spell, as their characters; None where they spell something else."""
    return _spelled(word[:LONGEST]) if len(word) <= LONGEST else None


@cache
def _spelled(word: str) -> str | None:
    if not word:
        return ""
    known = syllables()
    for length in range(min(6, len(word)), 0, -1):
        if (syllable := known.get(word[:length])) and (rest := _spelled(word[length:])) is not None:
            return syllable + rest
    return None


@cache
def _table() -> Codes:
    table = identity()
    for number, (_, characters) in enumerate(_read()):
        for character in characters:
            table[ord(character)] = FIRST + number
    return table


@cache
def _read() -> tuple[tuple[str, str], ...]:
    lines = READINGS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ") for line in lines if not line.startswith("#"))
    return tuple((syllable, characters) for syllable, characters in pairs)
