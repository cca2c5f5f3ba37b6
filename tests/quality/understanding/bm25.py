"""BM25 over words and pairs of characters, folded, over all documents at once: what search is measured beside."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import rjieba

from indexer.base.folding import fold
from indexer.search.chinese import characters
from indexer.search.terms import bigrams

K1, B = 1.2, 0.75


def tokens(text: str) -> list[str]:
    """Return words of two and more characters, and all pairs of characters."""
    words = [word for cut in rjieba.cut_for_search(fold(text)) if len(word := characters(cut)) > 1]
    return words + bigrams(characters(text))


class Bm25:
    """An index of documents, title and text as one."""

    def __init__(self, documents: Sequence[tuple[str, str]]) -> None:
        """Documents: name and text of each."""
        self._postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._names = [name for name, _ in documents]
        self._lengths = []
        for number, (_, text) in enumerate(documents):
            counts = Counter(tokens(text))
            self._lengths.append(sum(counts.values()))
            for token, times in counts.items():
                self._postings[token].append((number, times))
        self._mean = sum(self._lengths) / max(len(self._lengths), 1)

    def best(self, query: str, most: int) -> list[str]:
        """Return the names of the best documents."""
        return list(self.scores(query))[:most]

    def scores(self, query: str) -> dict[str, float]:
        """Return the score of each document that holds any of it, the best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        for token in set(tokens(query)):
            held = self._postings.get(token, ())
            weight = math.log(1 + (len(self._names) - len(held) + 0.5) / (len(held) + 0.5))
            for number, times in held:
                norm = K1 * (1 - B + B * self._lengths[number] / self._mean)
                scores[number] += weight * times * (K1 + 1) / (times + norm)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        return {self._names[number]: scores[number] for number in ranked}


def ndcg(found: Sequence[str], judged: Mapping[str, int], most: int = 10) -> float:
    """Return how much of what is right stands how far above, from 0 to 1; grades as judged."""
    gained = sum(_gain(judged.get(name, 0)) / math.log2(place + 2) for place, name in enumerate(found[:most]))
    grades = sorted(judged.values(), reverse=True)[:most]
    best = sum(_gain(grade) / math.log2(place + 2) for place, grade in enumerate(grades))
    return gained / best if best else 0.0


def _gain(grade: int) -> float:
    return float(2**grade - 1)
