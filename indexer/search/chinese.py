"""Cutting text into words and into characters, folded (`indexer/base/folding.py`): one spelling finds the other."""

import unicodedata
from dataclasses import dataclass

import rjieba

from indexer.base.folding import READ_CHARS, fold
from indexer.base.text import encodable, normalized

QUERY_CHARS = 200  # of what was typed; the rest of a pasted page adds nothing but time
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
KEPT = "LNSM"  # Unicode categories: letters, numbers, symbols (emoji), marks; no punctuation, space or control


class _Tokens(dict[int, str]):
    """Code point of folded text → itself where it can be searched for, else nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = unicodedata.category(char)[0] in KEPT and code not in VARIATION_SELECTORS
        self[code] = char if kept else ""
        return self[code]


_TOKENS = _Tokens()


def clean(text: str) -> str:
    """Return NFC text without lone surrogates, white space run together: what is shown and what spans count in.

    Of a longer text the first million characters, as `fold` reads.
    """
    whole = encodable(text[:READ_CHARS])
    return normalized("NFC", " ".join(whole.split()))


def characters(text: str) -> str:
    """Return the searchable characters of the text, folded, one after the other."""
    return fold(text).translate(_TOKENS)


def words(text: str) -> list[str]:
    """Return the words of the text, folded, long ones also in their parts (人工智能, 人工, 智能)."""
    found = (word.translate(_TOKENS) for word in rjieba.cut_for_search(fold(text)))
    return [word for word in found if word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed, taken apart. phrases: what stands between white space. words: cut, each once. All folded."""

    phrases: tuple[str, ...]
    words: tuple[str, ...]


def asked(text: str) -> Asked:
    """Take apart what was typed; nothing in it is an operator. Both are empty where nothing can be searched for."""
    folded = fold(text[:QUERY_CHARS])
    phrases = (phrase.translate(_TOKENS) for phrase in folded.split())
    found = (word.translate(_TOKENS) for word in rjieba.cut(folded))
    return Asked(
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if phrase)),
        words=tuple(dict.fromkeys(word for word in found if word)),
    )
