"""Text as rules read it: half width, small letters, simplified, nothing invisible; each character knows its place."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from indexer.base.text import REPLACEMENT

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

Codes = NDArray[np.uint32]
Places = NDArray[np.intp]
Span = tuple[int, int]

KEPT = 8  # texts: the rules of a policy read the same few parts, one after the other
FEW_KEPT = 4  # of what only some rules ask for: title and text, as letters too
KNOWN = 0x30000  # code points beyond it stay as they are
GONE = 0  # in a table: nothing stands there in the normalised text
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
# Of what lies between, ideographs and syllables, the normal form is what it was.
_CHANGING = (
    range(1, 0x3400),
    range(0xA000, 0xAC00),
    range(0xD7A4, 0x17000),
    range(0x1B000, 0x20000),
    range(0x2F800, 0x2FA20),
)
TAGS = range(0xE0000, 0xE01F0)  # invisible letters and variation selectors beyond KNOWN
FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Unicode's that show nothing
STROKES = "丶丨"  # ideographs that stand between others as signs do
INVISIBLE = ("Cf", "Mn", "Me")  # zero-width characters, soft hyphens, marks and strokes laid over a character
LINES = "\n\r\t"
UMLAUT = "\u0308"
TONES = frozenset("\u0304\u0301\u030c\u0300" + UMLAUT)  # over the vowels of pinyin
BRACKETS = "()[]."  # beside the one letter of ⑴ or ⒈
# Letters of other alphabets that nobody can tell from a Latin one.
TWINS = dict(
    zip("АВЕКМНОРСТХУІЈЅаеорсхуіјѕһԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXYIJSaeopcxyijshdABEZHIKMNOPTYXo", strict=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """A normalised text. text: half width, lower case, simplified. places[i]: where its i-th character was shown."""

    text: str
    places: Places

    def shown(self, span: Span) -> Span:
        """Return the span of the shown text for one of the normalised text that holds a character at least."""
        return int(self.places[span[0]]), int(self.places[span[1] - 1]) + 1


@lru_cache(maxsize=KEPT)
def normal(shown: str) -> Normal:
    """Return the text as word lists read it. Of any text, in time that grows with its length alone."""
    return normalised(shown)


def normalised(shown: str) -> Normal:
    """Return the same, and keep nothing: of what is read once."""
    codes = codes_of(shown)
    text = through(_tables()[0], codes)
    gone = text == GONE
    if codes.size and codes.max() >= KNOWN:
        gone |= (codes >= TAGS.start) & (codes < TAGS.stop)
    places = np.flatnonzero(~gone)
    return Normal(text=characters(text[places]), places=places)


@lru_cache(maxsize=KEPT)
def cased(shown: str) -> str:
    """Return the same characters as `normal` does, with capitals and punctuation as they are: what expressions read."""
    return characters(through(_tables()[1], codes_of(shown))[normal(shown).places])


@cache
def plain(word: str) -> str:
    """Return a word of a rule as it stands in a normalised text."""
    return normal(word).text


@lru_cache(maxsize=FEW_KEPT)
def squeezed(text: str) -> tuple[str, Places]:
    """Return the letters and digits of a normalised text, and the place of each in it, to be read only."""
    codes = codes_of(text)
    places = np.flatnonzero(is_letter(codes))
    return characters(codes[places]), places


def is_letter(codes: Codes) -> NDArray[np.bool_]:
    """Return of each code point whether it is a letter or digit; beyond KNOWN all count as such."""
    return through(_letters(), codes).astype(np.bool_)


def mapped(text: str, table: Codes) -> str:
    """Return the text with each character below KNOWN replaced by the table's, in its place."""
    return characters(through(table, codes_of(text)))


def identity() -> Codes:
    """Return a table that changes nothing, to be written on."""
    return np.arange(KNOWN, dtype=np.uint32)


def codes_of(text: str) -> Codes:
    """Return the code points of a text, to be read only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def characters(codes: Codes) -> str:
    """Return the text of these code points."""
    return codes.astype(np.uint32, copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def through(table: Codes, codes: Codes) -> Codes:
    """Return what a table says of each code point; those beyond it stay. Never the same array."""
    found = table.take(codes, mode="clip")
    return np.where(codes < KNOWN, found, codes) if codes.size and codes.max() >= KNOWN else found


@cache
def _tables() -> tuple[Codes, Codes]:
    """Return code point → code point, GONE where it shows nothing: lower case and half width, and as it was shown."""
    small, cased = identity(), identity()
    for code in chain(*_CHANGING):
        char = chr(code)
        one = _one_of(char)
        kept = one if not one or one.isalnum() or one.isspace() or one == REPLACEMENT else char
        small[code], cased[code] = ord(_without_tone(_lower(one))) if one else GONE, ord(kept) if kept else GONE
    simple = _simplified()
    return simple[small], simple[cased]


def _one_of(char: str) -> str:
    """Return the one character that stands for this one in a normalised text, or nothing."""
    category = unicodedata.category(char)
    if category in INVISIBLE or char in FILLERS or (category == "Cc" and char not in LINES):
        return ""
    if category == "Cs":
        return REPLACEMENT
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
        return char  # 10² is no 102
    whole = unicodedata.normalize("NFKC", TWINS.get(char, char))
    letter = whole if len(whole) == 1 else whole.strip(BRACKETS)
    return letter if len(letter) == 1 else char


def _lower(char: str) -> str:
    return char.lower() if len(char.lower()) == 1 else char


def _without_tone(char: str) -> str:
    """Return the letter of a syllable in pinyin as it is typed: shuā as shua, nǚ as nv."""
    whole = unicodedata.normalize("NFD", char)
    letter, marks = whole[0], whole[1:]
    if letter not in "aeiou" or not marks or not TONES.issuperset(marks):
        return char
    return "v" if UMLAUT in marks else letter


@cache
def _simplified() -> Codes:
    """Return code point → that of the simplified character, one by one: a piece folds as it does inside its text."""
    table = identity()
    chars = [chr(code) for code in chain(*_IDEOGRAPHS)]
    for char, simple in zip(chars, OpenCC("t2s").convert("\n".join(chars)).split("\n"), strict=True):
        if len(simple) == 1:
            table[ord(char)] = ord(simple)
    return table


@cache
def _letters() -> Codes:
    """Return code point → 1 where it is a letter or digit, else 0."""
    are = (chr(code).isalnum() and chr(code) not in STROKES for code in range(KNOWN))
    return np.fromiter(are, dtype=np.uint32, count=KNOWN)
