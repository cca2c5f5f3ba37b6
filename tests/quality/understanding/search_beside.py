"""What search is measured beside: words and pairs of characters, e5 alone, and both put together in two known ways.

Vectors take a while (ten texts a second): they are kept in a folder, by the model and exactly these texts.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.search.chinese import clean
from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.port import Embedder, Vectors
from indexer.understanding.embeddings.wording import passage
from tests.quality.understanding.bm25 import Bm25

KEPT = Path(tempfile.gettempdir()) / "carnival-search-vectors"
FUSED = 60  # the usual constant of rank fusion
MIXED = 0.5  # the share of e5 in the convex mix
DEEP = 100  # of each list that is put together
WAYS = ("words+pairs", "e5", "fusion", "mix")


class _Queries:
    """An embedder of queries in the place of passages, so that they are kept as passages are."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimensions = f"{embedder.name} of queries", embedder.dimensions
        self.scale, self.queries = embedder.scale, embedder.queries

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of queries."""
        return self._embedder.queries(texts)


class Asked:
    """The model of what is typed, which knows all queries of a set already."""

    def __init__(self, embedder: Embedder, texts: Sequence[str], *, folder: Path = KEPT) -> None:
        self.name, self.dimensions, self.scale = embedder.name, embedder.dimensions, embedder.scale
        self._embedder = embedder
        vectors = kept_passages(_Queries(embedder), texts, folder=folder)
        self._known = {clean(text): vector for text, vector in zip(texts, vectors, strict=True)}

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of queries."""
        if all(clean(text) in self._known for text in texts):
            return np.stack([self._known[clean(text)] for text in texts])
        return self._embedder.queries(texts)


class Beside:
    """A set of documents, name, title and text, with a vector each."""

    def __init__(self, documents: Sequence[tuple[str, str, str]], vectors: Vectors, asked: Asked) -> None:
        self._names, self._vectors, self._asked = [name for name, _, _ in documents], vectors, asked
        self._words = Bm25([(name, f"{title} {text}") for name, title, text in documents])

    def best(self, query: str, most: int) -> dict[str, list[str]]:
        """Return the best documents by each of WAYS."""
        words = self._words.scores(query)
        cosines = self._vectors @ self._asked.queries([query])[0]
        meaning = {self._names[place]: float(cosines[place]) for place in np.argsort(-cosines, kind="stable")[:DEEP]}
        by_words = dict(sorted(words.items(), key=lambda pair: -pair[1])[:DEEP])
        ways = (by_words, meaning, fused([by_words, meaning]), mixed(by_words, meaning))
        return {
            name: sorted(scores, key=lambda one, held=scores: -held[one])[:most]  # type: ignore[misc]
            for name, scores in zip(WAYS, ways, strict=True)
        }


def vectors_of(embedder: Embedder, documents: Sequence[tuple[str, str, str]], *, folder: Path = KEPT) -> Vectors:
    """Return what the documents mean, as the catalogue makes its vectors."""
    return kept_passages(embedder, [passage(title, text) for _, title, text in documents], folder=folder)


def fused(lists: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the scores of rank fusion; each list has its best first."""
    scores: dict[str, float] = {}
    for one in lists:
        for place, name in enumerate(one, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (FUSED + place)
    return scores


def mixed(words: Mapping[str, float], meaning: Mapping[str, float]) -> dict[str, float]:
    """Return the convex mix of both, each from 0 to 1 within its list."""
    one, other = _unit(words), _unit(meaning)
    return {name: (1 - MIXED) * one.get(name, 0.0) + MIXED * other.get(name, 0.0) for name in {**words, **meaning}}


def _unit(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    least, most = min(scores.values()), max(scores.values())
    return {name: (score - least) / (most - least) if most > least else 1.0 for name, score in scores.items()}
