"""What a tagger looks at: the vector of a piece, its words, the taxonomy's keywords in it, its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from config.taxonomy import Category, Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.keywords import MOST, Keywords
from indexer.understanding.tags.logistic import Matrix
from indexer.understanding.tags.port import Piece
from indexer.understanding.tags.words import Words, readable_part, tokens

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

# Of three keywords, beside a vector and words of length 1 each.
KEYWORD_WEIGHT = 0.8
KINDS = tuple(ItemKind)


def categories_of(taxonomy: Taxonomy) -> Mapping[Facet, tuple[Category, ...]]:
    """Return the lists of the taxonomy by the facet of their tags. Pure."""
    return {
        Facet.TOPIC: taxonomy.topics,
        Facet.AUDIENCE: taxonomy.audiences,
        Facet.ACTION: taxonomy.actions,
        Facet.FORM: taxonomy.forms,
    }


@dataclass(frozen=True, slots=True)
class Features:
    """Turns pieces into rows of numbers: vector | words | keywords | kind, in this order.

    centre: the mean of the model's vectors. All Chinese texts lie in one narrow cone: what tells them apart is how they
    differ from its middle. signals: `facet:id` of each column of keywords. A deployment's taxonomy may have others by
    now: those that it lacks are zero.
    """

    centre: Matrix
    words: Words
    signals: tuple[str, ...]
    _keywords: Mapping[Facet, Keywords] = field(compare=False, repr=False)

    @classmethod
    def learn(cls, pieces: Sequence[Piece], taxonomy: Taxonomy | None) -> "Features":
        """Return the features that these pieces teach. Pure."""
        texts = [tokens(readable_part(piece.title, piece.text)) for piece in pieces]
        centre = np.stack([piece.vector for piece in pieces]).mean(axis=0, dtype=np.float64).astype(np.float32)
        listed = categories_of(taxonomy) if taxonomy else {}
        signals = tuple(f"{facet}:{one.id}" for facet, some in listed.items() for one in some if one.keywords)
        return cls(centre, Words.of(texts), signals, keywords_of(taxonomy))

    @property
    def without_kind(self) -> int:
        """How many columns stand before those of the kind, which only forms look at."""
        return len(self.centre) + len(self.words.known) + len(self.signals)

    @property
    def kinds(self) -> int:
        """How many columns the kind has."""
        return len(KINDS)

    @property
    def first_word(self) -> int:
        """The column of the first word."""
        return len(self.centre)

    def matrix(self, pieces: Sequence[Piece], texts: Sequence[frozenset[str]]) -> Matrix:
        """Return (n, columns). texts: the tokens of each piece. Pure."""
        signals = [self.signals_in(piece) for piece in pieces]
        return self.rows(pieces, self.words.matrix(texts), signals)

    def rows(self, pieces: Sequence[Piece], words: Matrix, signals: Sequence[Matrix]) -> Matrix:
        """Return (n, columns). words: (n, words); signals: of each piece those of its keywords. Pure."""
        vectors = np.stack([piece.vector for piece in pieces]).astype(np.float32) - self.centre
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        kinds = np.array([[piece.kind is kind for kind in KINDS] for piece in pieces], dtype=np.float32)
        return np.hstack([vectors, words, np.stack(signals), kinds])

    def keywords_in(self, facet: str, category: str, piece: Piece) -> list[str]:
        """Return the taxonomy's keywords of a category that a piece holds. Pure."""
        keywords = self._keywords.get(Facet(facet)) if facet in set(Facet) else None
        return keywords.of(category, piece.title, piece.text) if keywords else []

    def signals_in(self, piece: Piece) -> Matrix:
        """Return (signals,): how much of each category's keywords a piece holds. Pure."""
        found = {
            f"{facet}:{name}": count
            for facet, keywords in self._keywords.items()
            for name, count in keywords.signals(piece.title, piece.text).items()
        }
        return np.array([found.get(one, 0) * KEYWORD_WEIGHT / MOST for one in self.signals], dtype=np.float32)


def keywords_of(taxonomy: Taxonomy | None) -> Mapping[Facet, Keywords]:
    """Return what finds the keywords of each facet that has any. Pure."""
    listed = categories_of(taxonomy) if taxonomy else {}
    return {facet: Keywords(some) for facet, some in listed.items() if any(one.keywords for one in some)}
