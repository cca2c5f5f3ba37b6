"""The terms of a text that the offence model weighs: characters, words and syllables, each as a number.

The same however a text is disguised: width, traditional characters, signs between and pinyin are read as what they
stand for, and syllables are counted beside characters, so that 泥 for 你 changes the half of it.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.understanding.policies.normal import normal, squeezed
from indexer.understanding.policies.pinyin import syllables_of
from indexer.understanding.policies.sounds import LATIN, in_pinyin

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

BITS = 19
BUCKETS = 1 << BITS
Terms = NDArray[np.uint32]
# Signs of people's, read as the character that they are put for.
EMOJI = str.maketrans(
    {
        **dict(
            zip(
                "🐶🐕🐷🐖🐔🐓🐴🐎🐢🐒🐵🐮🐂🐑🐏🐍🐭🐀🐱🐯🐰🐼",
                "狗狗猪猪鸡鸡马马龟猴猴牛牛羊羊蛇鼠鼠猫虎兔熊",
                strict=True,
            )
        ),
        **dict(
            zip(
                "👩👧👨👦👴👵👶👻💀💩👽🤡🧠👀👄👂👃✋👊👍👎🦶",
                "女女男男爷婆娃鬼死屎怪丑脑眼嘴耳鼻手打好差脚",
                strict=True,
            )
        ),
        **dict(
            zip(
                "⚫⚪🔴🟡🟢🔵🌸🌹🌽🍵🍺🍚💊🔪💣🔫🔥💧🌊🏠🚗💰",
                "黑白红黄绿蓝花玫玉茶酒饭药刀炸枪火水海家车钱",
                strict=True,
            )
        ),
    }
)
_SEEDS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
OF_CHARS, OF_WORDS, OF_SOUNDS = 1, 2, 3


def terms(text: str) -> tuple[Terms, Terms, Terms]:
    """Return the numbers of characters, words and syllables, (n,) below BUCKETS each, one for each place. Pure.

    In time that grows with the length of the text.
    """
    folded = normal(text.translate(EMOJI)).text
    shown = LATIN.sub(_unspelled, folded)
    words = np.fromiter(_words(shown), dtype=np.uint32)
    chars = _grams(squeezed(shown)[0], longest=3, kind=OF_CHARS)
    sounds = _grams(syllables_of(folded), longest=2, kind=OF_SOUNDS)
    return _together(chars), words, _together(sounds)


def _unspelled(match: re.Match[str]) -> str:
    """Words in pinyin are no terms by their letters: they count by their syllables."""
    return "" if len(match[0]) > 1 and in_pinyin(match[0]) else match[0]


def _together(found: list[Terms]) -> Terms:
    return np.concatenate(found) if found else np.empty(0, dtype=np.uint32)


def _grams(text: str, *, longest: int, kind: int) -> list[Terms]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    made = []
    for length in range(1, min(longest, len(codes)) + 1):
        mixed = np.full(len(codes) - length + 1, kind * 31 + length, dtype=np.uint32)
        for place in range(length):
            mixed = (mixed ^ codes[place : len(codes) - length + 1 + place]) * np.uint32(_SEEDS[place])
            mixed ^= mixed >> np.uint32(15)
        made.append(mixed >> np.uint32(32 - BITS))
    return made


def _words(folded: str) -> Iterator[int]:
    words = [word for word in rjieba.cut(folded, False) if word.isalnum()]  # noqa: FBT003 - it knows no names
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    for term in (*words, *pairs):
        yield zlib.crc32(f"{OF_WORDS} {term}".encode("utf-8", "surrogatepass")) >> (32 - BITS)
