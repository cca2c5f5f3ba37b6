"""Other words for the same thing, from a file of the deployment (config/synonyms.py)."""

import re
from collections.abc import Iterable, Sequence

from indexer.search.chinese import QUERY_CHARS, characters

MOST = 8  # queries that synonyms make of one


class Synonyms:
    """Groups of words of which one may stand for another."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._others: dict[str, list[str]] = {}
        for group in groups:
            for word in group:
                others = self._others.setdefault(characters(word), [])
                others += [other for other in group if characters(other) != characters(word)]
        # Of two words that begin at one place the longer is meant: 人工智能, not 人工.
        self._words = sorted(filter(None, self._others), key=len, reverse=True)

    def instead_of(self, typed: str) -> list[str]:
        """Return the query with one of its words exchanged for each other one, the longest word first."""
        chars = characters(typed[:QUERY_CHARS])
        found = next(((one, place) for one in self._words if (place := _place(one, chars)) >= 0), None)
        if found is None:
            return []
        word, place = found
        others = dict.fromkeys(self._others[word])
        return [chars[:place] + other + chars[place + len(word) :] for other in others][:MOST]


def _place(word: str, chars: str) -> int:
    """Where a word stands, -1: nowhere. Of Latin letters it is one as a whole: kuai is no AI."""
    edge = "[a-z0-9]" if word.isascii() else ""
    found = re.search(f"(?<!{edge}){re.escape(word)}(?!{edge})" if edge else re.escape(word), chars)
    return found.start() if found else -1
