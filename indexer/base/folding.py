"""The folding under which search finds text and copies are compared: small letters, half width, simplified characters.

It goes character by character: a piece of a text then folds as it does inside the text, which is what lets every phrase
be found. OpenCC's phrase table would fold 乾 one way in 乾隆 and another way alone.
"""

import unicodedata
from collections.abc import Mapping

import numpy as np
from opencc import OpenCC

from indexer.base.text import normalized

# What a converter writes for a simplified character word by word, and what has a meaning of its own besides: as letters
# of a copy they are one, in what is searched for they are two.
ONE_FORM = str.maketrans("瞭覆甦藉著", "了复苏借着")
READ_CHARS = 1_000_000  # of a text; more than a deployment can set as the limit of an article


class _Folding(dict[int, str]):
    """Code point → folded text, each worked out at its first use."""

    def __init__(self) -> None:
        super().__init__()
        self._simplify = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # A lone surrogate is what no engine takes.
        lone = unicodedata.category(char) == "Cs"
        self[code] = " " if lone else self._simplify.convert(unicodedata.normalize("NFKC", char).lower())
        return self[code]


class _Letters(dict[int, str]):
    """Code point → those of its folded characters that are letters or digits."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(filter(str.isalnum, FOLDING[code])).translate(ONE_FORM)
        return self[code]


class _Table:
    """A mapping of code points to texts: a text goes through in one step where each becomes one character or none.

    Filled as code points are met: of the first text that has one, a mapping is asked for it.
    """

    KNOWN = 0x30000  # code points beyond it are rare: a text that has one goes through the mapping itself
    NONE, SEVERAL, UNKNOWN = 0, 0xFFFFFFFE, 0xFFFFFFFF

    def __init__(self, mapping: Mapping[int, str]) -> None:
        self._mapping, self._codes = mapping, np.full(self.KNOWN, self.UNKNOWN, dtype=np.uint32)

    def translated(self, text: str) -> str:
        """Return what `str.translate` would by the mapping."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        if not len(codes) or codes.max() >= self.KNOWN:
            return text.translate(self._mapping)
        found = self._codes.take(codes)
        if found.max() >= self.SEVERAL:
            for code in np.unique(codes[found == self.UNKNOWN]).tolist():
                self._codes[code] = self._code_of(self._mapping[code])
            found = self._codes.take(codes)
            if found.max() == self.SEVERAL:
                return text.translate(self._mapping)
        kept: bytes = found[found != self.NONE].tobytes()
        return kept.decode("utf-32-le", "surrogatepass")

    def _code_of(self, text: str) -> int:
        if len(text) > 1 or text == "\0":
            return self.SEVERAL
        return ord(text) if text else self.NONE


FOLDING = _Folding()
_LETTERS = _Letters()
_FOLDED, _FOLDED_LETTERS = _Table(FOLDING), _Table(_LETTERS)


def fold(text: str) -> str:
    """Return the text in lower case, half width and simplified characters; its length may differ.

    Of a longer text the first million characters.
    """
    return _FOLDED.translated(normalized("NFC", text[:READ_CHARS]))


def folded_letters(text: str) -> str:
    """Return the folded letters and digits of a text, one after the other: what a copy keeps whatever site sets it."""
    return _FOLDED_LETTERS.translated(normalized("NFC", text[:READ_CHARS]))


def letters_of(char: str) -> int:
    """Return how many folded letters one character of a normalised text becomes."""
    return len(_LETTERS[ord(char)])
