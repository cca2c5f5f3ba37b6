"""Other words for the same thing, from a file of the deployment (config/synonyms.py)."""

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
        word = next((one for one in self._words if one in chars), None)
        if word is None:
            return []
        return [chars.replace(word, other, 1) for other in dict.fromkeys(self._others[word])][:MOST]
