"""The tagger that a fitted model makes: tags by their probabilities, each with the sentence and the words for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.results import Facet
from indexer.understanding.tags.features import Features
from indexer.understanding.tags.logistic import Matrix
from indexer.understanding.tags.model import NEVER, OFF_TOPIC, Head, Model, SideBySide
from indexer.understanding.tags.port import Piece, Said, TagSaid, Why
from indexer.understanding.tags.words import readable_part

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)

SENTENCES = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
SENTENCE_CHARS, MOST_WORDS, MOST_SENTENCES = 80, 3, 200
LOUD = 0.5  # of the word that speaks most for a label
MOST_TOPICS = 3
BY_KEYWORD = 0.6  # how sure a keyword alone is
BY_ITSELF = frozenset({Facet.FORM})  # what a piece has also where it is off topic


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentences of a piece. tokens: columns of those of all sentences; owners: of which sentence each is.

    words: columns of whole words, each once. every: of all tokens, also behind the last of the sentences, each once.
    """

    sentences: Sequence[str]
    tokens: NDArray[np.intp]
    owners: NDArray[np.intp]
    words: NDArray[np.intp]
    every: NDArray[np.intp]


class LearnedTagger:
    """Says tags by a model. version: names the model, see Tagger."""

    def __init__(self, model: Model, *, version: str = "") -> None:
        self._model = model
        self._heads = {head.name: head for head in model.heads}
        self._beside = SideBySide(model.heads)
        self.version = version or fingerprint(model)

    def say(self, pieces: Sequence[Piece]) -> list[Said]:
        """Return what is said of each piece. A piece that is rather off topic gets its form alone. Pure."""
        if not pieces:
            return []
        features = self._model.features
        # Each piece by itself: its words and its keywords are read from one cutting of its text.
        read = [(spoken_of(features, piece), features.signals_in(piece)) for piece in pieces]
        words = features.words.rows([spoken.every for spoken, _ in read])
        chances = self._beside.probabilities(features.rows(pieces, words, [signals for _, signals in read]))
        return [self._said(piece, number, chances, read[number][0]) for number, piece in enumerate(pieces)]

    def _said(self, piece: Piece, number: int, chances: Mapping[str, Matrix], spoken: Spoken) -> Said:
        off, is_off = 0.0, False
        if OFF_TOPIC in self._heads:
            off = float(chances[OFF_TOPIC][number, 0])
            is_off = off >= float(self._heads[OFF_TOPIC].thresholds[0])
        found: list[TagSaid] = []
        for facet in Facet:
            if facet in self._heads and not (is_off and facet not in BY_ITSELF):
                found += self._of_facet(piece, facet, chances[facet][number], spoken)
        return Said(tags=tuple(found), off_topic=round(off, 3))

    def _of_facet(self, piece: Piece, facet: Facet, chances: Matrix, spoken: Spoken) -> list[TagSaid]:
        head = self._heads[facet]
        places = [int(place) for place in np.argsort(-chances) if chances[place] >= head.thresholds[place]]
        unlearned = self._by_keyword(piece, head)
        if not places and not unlearned and facet is Facet.FORM:  # every piece has one
            places = [int(chances.argmax())]
        said = [
            TagSaid(
                facet=facet,
                id=head.labels[place],
                confidence=round(float(chances[place]), 3),
                why=why(self._model.features, head, place, piece, spoken),
            )
            for place in places
        ]
        return [*unlearned, *said][: MOST_TOPICS if facet is Facet.TOPIC else None]

    def _by_keyword(self, piece: Piece, head: Head) -> list[TagSaid]:
        """Labels that no lesson has, of a taxonomy of one's own: said where a keyword of theirs stands."""
        found = []
        for place in np.flatnonzero(head.thresholds >= NEVER):
            if words := self._model.features.keywords_in(head.name, head.labels[place], piece):
                why = Why(sentence="", words=tuple(words[:MOST_WORDS]))
                found.append(TagSaid(facet=Facet(head.name), id=head.labels[place], confidence=BY_KEYWORD, why=why))
        return found


def spoken_of(features: Features, piece: Piece) -> Spoken:
    """Return the sentences of a piece with the words of each: cut once, however many tags ask. Pure."""
    found = list(islice(SENTENCES.finditer(readable_part(piece.title, piece.text)), MOST_SENTENCES))
    end = found[-1].end() if found else 0
    whole, pairs = features.words.heard(piece.title, piece.text)
    columns, starts = np.concatenate([whole.columns, pairs.columns]), np.concatenate([whole.starts, pairs.starts])
    within = starts < end
    owners = np.searchsorted([one.start() for one in found], starts[within], side="right") - 1
    # Each once, and in one order, so that what is the same weighs the same.
    width = len(features.words.known)
    owners, tokens = np.divmod(np.unique(owners * width + columns[within]), max(width, 1))
    return Spoken(
        sentences=[one.group().strip() for one in found],
        tokens=tokens,
        owners=owners,
        words=np.unique(whole.columns[whole.starts < end]),
        every=np.unique(columns),
    )


def why(features: Features, head: Head, label: int, piece: Piece, spoken: Spoken) -> Why:
    """Return the sentence whose words speak most for a label, and the words of the piece that do. Pure.

    Of words the taxonomy's own come first; others must speak half as loud as the loudest.
    """
    start = features.first_word
    weights = head.weight[start : start + len(features.words.known), label] * features.words.weights
    told = np.bincount(spoken.owners, weights[spoken.tokens], max(len(spoken.sentences), 1))
    best = spoken.sentences[int(told.argmax())] if told.max() > 0 else ""
    loud = weights[spoken.words]
    least = loud.max(initial=0) * LOUD
    heard = np.flatnonzero(loud >= least) if least > 0 else np.empty(0, dtype=np.intp)
    ordered = heard[np.lexsort((heard, -loud[heard]))]
    named = features.keywords_in(head.name, head.labels[label], piece)
    words = (features.words.known[spoken.words[one]] for one in ordered)
    return Why(sentence=best[:SENTENCE_CHARS], words=_apart([*named, *words]))


def _apart(words: Sequence[str]) -> tuple[str, ...]:
    """Return the first words of which none shares a character with one before: 科技|技馆 is one thing said twice."""
    kept: list[str] = []
    for word in words:
        if not any(set(word) & set(other) for other in kept):
            kept.append(word)
        if len(kept) == MOST_WORDS:
            break
    return tuple(kept)


def fingerprint(model: Model) -> str:
    """Return a short name that another model has not. Pure."""
    whole = sha256(repr((model.embedder, model.features.words.known, model.features.signals)).encode())
    for head in model.heads:
        whole.update(repr((head.name, head.labels, head.calibration)).encode())
        for numbers in (head.weight, head.bias, head.thresholds):
            whole.update(np.ascontiguousarray(numbers, dtype=np.float16).tobytes())
    return whole.hexdigest()[:12]
