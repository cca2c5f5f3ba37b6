"""The folding under which search finds text and copies are compared: small letters, half width, simplified characters.

It goes character by character: a piece of a text then folds as it does inside the text, which is what lets every phrase
be found. OpenCC's phrase table would fold 乾 one way in 乾隆 and another way alone.
"""

import unicodedata

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


FOLDING = _Folding()
_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return the text in lower case, half width and simplified characters; its length may differ.

    Of a longer text the first million characters.
    """
    return normalized("NFC", text[:READ_CHARS]).translate(FOLDING)


def folded_letters(text: str) -> str:
    """Return the folded letters and digits of a text, one after the other: what a copy keeps whatever site sets it."""
    return normalized("NFC", text[:READ_CHARS]).translate(_LETTERS)


def letters_of(char: str) -> int:
    """Return how many folded letters one character of a normalised text becomes."""
    return len(_LETTERS[ord(char)])
