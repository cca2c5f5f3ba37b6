"""The Tagger port: what says the tags of a piece and why, and the lessons from which a tagger is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet

NO_IDS: frozenset[str] = frozenset()
NONE_UNSURE: Mapping[Facet, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is tagged. vector: the embedder's own of `passage_of`, unit length, neither centred nor whitened."""

    title: str
    text: str
    kind: ItemKind
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a tag was said: the sentence of the piece that speaks most for it, and the words, the strongest first.

    sentence: at most 80 characters, empty where the kind or the whole says it. words: at most three.
    """

    sentence: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSaid:
    """A tag that is suggested. confidence: the calibrated probability, 0 to 1, that an editor would leave it."""

    facet: Facet
    id: str
    confidence: float
    why: Why = field(default_factory=Why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that a tagger says of one piece; no tag of a facet is an answer too.

    tags: by facet, the surest first. off_topic: the probability, 0 to 1, that the piece is none of the campaign.
    """

    tags: tuple[TagSaid, ...] = ()
    off_topic: float = 0.0


class Tagger(Protocol):
    """Says topics, audiences, actions and forms."""

    version: str  # ascii, at most 40 characters; another one wherever another thing could be said

    def say(self, pieces: Sequence[Piece]) -> list[Said]:
        """Return what is said of each piece, in their order. Pure: one piece says nothing of another."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A piece with the tags that it has, as somebody who knows set them.

    tags: by facet the ids that are right; of a facet that stands here all others are wrong, a facet that is left out
    teaches nothing. unsure: ids that may stand or not, which teach nothing of this piece. off_topic: whether the piece
    is none of the campaign, None: unknown. weight: how much it counts, 1 for a shipped piece. is_whole: whether it is
    as pieces are; a lone sentence is easier to tell, so how sure a tagger may be is measured on whole ones alone.
    """

    piece: Piece
    tags: Mapping[Facet, frozenset[str]]
    unsure: Mapping[Facet, frozenset[str]] = field(default_factory=lambda: NONE_UNSURE)
    off_topic: bool | None = None
    weight: float = 1.0
    is_whole: bool = True
