"""Terms as Meilisearch holds them: each character as four Latin letters, which its own cutting leaves as they are.

So neither its dictionaries, its folding nor its build have a say in what is found.
"""

from indexer.search.chinese import clean
from indexer.search.engine import Needle, Part
from indexer.search.terms import bigrams, searched

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BASE, LENGTH = len(LETTERS), 4
# What a token of a part begins with: a phrase of the title is a phrase of other tokens than one of anything.
MARK = {Part.ANYWHERE: "", Part.TITLE: "t", Part.NAMES: "n"}


class _Spelling(dict[int, str]):
    """Code point → four letters. Beyond 456,975 stand private characters and selectors: two may be spelled alike."""

    def __missing__(self, code: int) -> str:
        letters, left = "", code
        for _ in range(LENGTH):
            left, digit = divmod(left, BASE)
            letters = LETTERS[digit] + letters
        self[code] = letters
        return letters


_SPELLING = _Spelling()


def pair_tokens(shown: str, part: Part = Part.ANYWHERE) -> str:
    """Return the pairs of characters of a text, in their order, between spaces."""
    return " ".join(_token(pair, part) for pair in bigrams(searched(clean(shown))))


def single_tokens(shown: str, part: Part = Part.ANYWHERE) -> str:
    """Return the characters that a text holds, each once, between spaces."""
    return " ".join(_token(char, part) for char in dict.fromkeys(searched(clean(shown))))


def phrase(needle: Needle) -> str:
    """Return what finds the needle: its pairs as a phrase, of one character the token of it."""
    pairs = bigrams(needle.text) or [needle.text]
    return f'"{" ".join(_token(pair, needle.part) for pair in pairs)}"'


def _token(characters: str, part: Part) -> str:
    return MARK[part] + characters.translate(_SPELLING)
