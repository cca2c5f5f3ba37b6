"""The terms of a text that the offence model weighs: characters, words and syllables, each as a number.

The same however a text is disguised: width, traditional characters, signs between and pinyin are read as what they
stand for, and syllables are counted beside characters, so that 泥 for 你 changes the half of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress, repeat
from zlib import crc32

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.understanding.policies.normal import characters, codes_of, is_letter, normalised
from indexer.understanding.policies.sounds import FIRST, LATIN, in_pinyin, sounded

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

BITS = 19
BUCKETS = 1 << BITS
Terms = NDArray[np.uint32]
Owners = NDArray[np.intp]
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
_SIGNS = frozenset(map(chr, EMOJI))
_SEEDS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
OF_CHARS, OF_SOUNDS = 1, 3
OF_WORD = crc32(b"2")  # begins each word and pair of words; before each word comes a blank
NOT_ASCII = 0x80


@dataclass(frozen=True, slots=True)
class Owned:
    """Terms of several texts: their numbers below BUCKETS, and of which text each is; both (n,)."""

    numbers: Terms
    owners: Owners


NO_TERMS = Owned(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.intp))


def terms(text: str) -> tuple[Terms, Terms, Terms]:
    """Return the numbers of characters, words and syllables, (n,) below BUCKETS each, one for each place. Pure.

    In time that grows with the length of the text.
    """
    chars, words, sounds = terms_of([text])
    return chars.numbers, words.numbers, sounds.numbers


def terms_of(texts: Sequence[str]) -> tuple[Owned, Owned, Owned]:
    """Return the same of several texts, which are read in one go. Pure."""
    joined = "\n".join(texts)
    known = normalised(joined if _SIGNS.isdisjoint(joined) else joined.translate(EMOJI))
    places = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    folded, owners = codes_of(known.text), places[known.places]
    spelled = [(*match.span(), said) for match in LATIN.finditer(known.text) if (said := in_pinyin(match[0]))]
    shown, of = _unspelled(folded, owners, spelled)
    kept = is_letter(shown)
    chars = _grams(shown[kept], of[kept], longest=3, kind=OF_CHARS)
    sounds = _grams(*_syllables(folded, owners, spelled), longest=2, kind=OF_SOUNDS)
    return chars, _words(characters(shown), of), sounds


def _unspelled(folded: Terms, owners: Owners, spelled: Sequence[tuple[int, int, str]]) -> tuple[Terms, Owners]:
    """Words in pinyin are no terms by their letters: they count by their syllables."""
    kept = np.ones(len(folded), dtype=bool)
    for start, end, _ in spelled:
        kept[start:end] = end - start == 1
    return folded[kept], owners[kept]


def _syllables(folded: Terms, owners: Owners, spelled: Sequence[tuple[int, int, str]]) -> tuple[Terms, Owners]:
    """Return the characters of the syllables, words in pinyin among them; signs, figures and Latin letters are left."""
    sounds = sounded(folded)
    for start, _, said in spelled:  # there are at most as many syllables as letters
        sounds[start : start + len(said)] = codes_of(said)
    kept = (sounds >= NOT_ASCII) & (is_letter(sounds) | (sounds >= FIRST))
    return sounds[kept], owners[kept]


def _grams(codes: Terms, owners: Owners, *, longest: int, kind: int) -> Owned:
    made, of = [], []
    for length in range(1, min(longest, len(codes)) + 1):
        count = len(codes) - length + 1
        mixed = np.full(count, kind * 31 + length, dtype=np.uint32)
        for place in range(length):
            mixed = (mixed ^ codes[place : count + place]) * np.uint32(_SEEDS[place])
            mixed ^= mixed >> np.uint32(15)
        is_within = owners[:count] == owners[length - 1 :]
        made.append((mixed >> np.uint32(32 - BITS))[is_within])
        of.append(owners[:count][is_within])
    return Owned(np.concatenate(made), np.concatenate(of)) if made else NO_TERMS


def _words(shown: str, owners: Owners) -> Owned:
    """Return first the words, then the pairs of words."""
    every = rjieba.cut(shown, False)  # noqa: FBT003 - it knows no names
    is_word = list(map(str.isalnum, every))
    of = owners[np.cumsum([0, *map(len, every)])[:-1][is_word]]
    # Encoded together: none of them has a line end.
    words = "\n ".join(chain(" ", compress(every, is_word))).encode("utf-8", "surrogatepass").split(b"\n")[1:]
    # CRC goes on where it ended: of a pair the first word is not read again.
    ones = list(map(crc32, words, repeat(OF_WORD)))
    is_pair = of[:-1] == of[1:]
    picked = is_pair.tolist()
    both = map(crc32, compress(words[1:], picked), compress(ones, picked))
    numbers = np.array([*ones, *both], dtype=np.uint32) >> np.uint32(32 - BITS)
    return Owned(numbers, np.concatenate([of, of[:-1][is_pair]]))
