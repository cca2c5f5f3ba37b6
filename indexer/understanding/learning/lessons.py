"""What can be learned from people's corrections: each corrected item as a lesson, as it stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.base.ids import ItemId
from indexer.records import tag_verdicts, understood
from indexer.records.database import Transaction
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.port import Lesson, Piece

MOST = 4_000  # corrected items, those touched last: fitting costs the cube of the lessons
WEIGHT = 2.0  # of a piece that an editor looked at, beside one that ships
READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Corrected:
    """The lessons by item, oldest item first, and how many corrected items have no vector of this embedder yet."""

    lessons: Mapping[ItemId, Lesson]
    without_vector: int


def corrected(tx: Transaction, *, embedder: str, facets: frozenset[Facet]) -> Corrected:
    """Return what people corrected, of these facets. An item teaches each facet that a person touched, whole.

    What stands in such a facet is right, and all else is wrong: the person saw every tag of it.
    """
    touched = tag_verdicts.corrected(tx, limit=MOST)
    lessons: dict[ItemId, Lesson] = {}
    missing = 0
    ids = sorted(touched)
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        vectors, pairs = understood.vectors_of(tx, embedder, some), understood.newest_of(tx, some)
        tags = understood.tags_of_versions(tx, {item.id: version.number for item, version in pairs})
        for item, version in pairs:
            taught = touched[item.id] & facets
            if taught and item.id not in vectors:
                missing += 1
            elif taught:
                vector = np.frombuffer(vectors[item.id], dtype=np.float32)
                piece = Piece(title=version.title, text=version.text, kind=item.kind, vector=vector)
                lessons[item.id] = Lesson(piece=piece, tags=_held(tags.get(item.id, ()), taught), weight=WEIGHT)
    return Corrected(lessons=lessons, without_vector=missing)


def _held(tags: Sequence[Tag], facets: frozenset[Facet]) -> Mapping[Facet, frozenset[str]]:
    return {facet: frozenset(tag.id for tag in tags if tag.facet is facet) for facet in facets}


def of_items(lessons: Mapping[ItemId, Lesson], wanted: Sequence[ItemId]) -> list[Lesson]:
    """Return the lessons of these items, in their order. Pure."""
    return [lessons[item] for item in wanted]
