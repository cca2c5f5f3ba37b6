"""Words as a Meilisearch server with Chinese cutting has them: of a text with their places, of a query as terms."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

TERM = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')
LATIN = re.compile("[A-Za-z ]*")  # no dictionary has a say in it
MOST_TERMS = 10  # of a query; those after them are not looked at


@dataclass(frozen=True, slots=True)
class Token:
    """A word, and where in the text it stands. is_word: not what lies between words."""

    word: str
    text: str
    start: int
    is_word: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another; is_phrase: written between quotation marks."""

    words: tuple[str, ...]
    is_phrase: bool
    is_unwanted: bool


@lru_cache(maxsize=20_000)
def cut(text: str, kept: tuple[str, ...] = ()) -> tuple[Token, ...]:
    """Return the words of a text and what lies between them. kept: signs that are words here."""
    tokens, start = [], 0
    for piece in (part for whole in rjieba.cut(text) for part in _parts(whole)):
        is_word = any(char.isalnum() or char in kept or unicodedata.category(char) == "So" for char in piece)
        tokens.append(Token(piece.lower(), piece, start, is_word))
        start += len(piece)
    return tuple(tokens)


def _parts(word: str) -> list[str]:
    """A long word of which the dictionary knows two halves: the server's dictionary has only those (食品, 安全)."""
    half = len(word) // 2
    known = rjieba.cut_for_search(word) if len(word) == 4 else []
    return [word[:half], word[half:]] if word[:half] in known and word[half:] in known else [word]


def words(text: str, kept: tuple[str, ...] = ()) -> list[str]:
    """Return the words of a text in their order."""
    if LATIN.fullmatch(text):
        return text.lower().split()
    return [token.word for token in cut(text, kept) if token.is_word]


def terms(query: str, kept: tuple[str, ...]) -> list[Term]:
    """Return the terms of a query; those that are wanted at most ten."""
    found: list[Term] = []
    for minus, phrase, bare_minus, bare in TERM.findall(query):
        if phrase or not bare:
            found.append(Term(tuple(words(phrase, kept)), is_phrase=True, is_unwanted=bool(minus)))
        else:
            each = words(bare, kept)
            found += [Term((one,), is_phrase=False, is_unwanted=bool(bare_minus)) for one in each]
    found = [term for term in found if term.words]
    wanted = [term for term in found if not term.is_unwanted][:MOST_TERMS]
    return wanted + [term for term in found if term.is_unwanted]


def places(term: Term, field: Sequence[str]) -> list[int]:
    """Return where a term begins among the words of a field."""
    length = len(term.words)
    firsts = (place for place, word in enumerate(field) if word == term.words[0])
    return [place for place in firsts if tuple(field[place : place + length]) == term.words]
