"""The lessons that ship: pieces written for this project and labelled, and the taxonomy's own sentences and traps."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from config.taxonomy import Category, Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.wording import passage
from indexer.understanding.results import Facet
from indexer.understanding.tags.features import categories_of
from indexer.understanding.tags.port import Lesson, Piece
from indexer.understanding.tags.stored import TaggerBroken

PIECES = Path(__file__).with_name("pieces.jsonl")
FACETS = {"topics": Facet.TOPIC, "audiences": Facet.AUDIENCE, "actions": Facet.ACTION, "forms": Facet.FORM}
Embed = Callable[[Sequence[str]], Vectors]


@cache
def shipped_pieces() -> tuple[Mapping[str, Any], ...]:
    """Return the labelled pieces: title, text, kind, topics, audiences, actions, forms, unsure, off_topic.

    Raises TaggerBroken where the file is missing or damaged.
    """
    try:
        return tuple(json.loads(line) for line in PIECES.read_text("utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise TaggerBroken(f"{PIECES.name} cannot be read ({error}). Install cloud-carnival again.") from error


@cache
def pieces_digest() -> str:
    """Return what another set of pieces has not. Raises TaggerBroken."""
    return sha256(json.dumps(shipped_pieces(), sort_keys=True).encode()).hexdigest()


def lessons_of(taxonomy: Taxonomy, embed: Embed) -> list[Lesson]:
    """Return all lessons of a taxonomy, always in the same order; embed is called once, with all their texts.

    Of a piece the ids that the taxonomy lacks are left out: another edition has other topics. Raises TaggerBroken.
    """
    pieces, sentences = shipped_pieces(), list(_sentences(taxonomy))
    texts = [passage(piece["title"], piece["text"]) for piece in pieces]
    vectors = embed([*texts, *(text for text, _, _, _ in sentences)])
    known = {facet: frozenset(one.id for one in some) for facet, some in categories_of(taxonomy).items()}
    lessons = [_of_piece(piece, vector, known) for piece, vector in zip(pieces, vectors, strict=False)]
    for (text, facet, right, unsure), vector in zip(sentences, vectors[len(pieces) :], strict=True):
        told = Piece(title="", text=text, kind=ItemKind.ARTICLE, vector=vector)
        lessons.append(Lesson(piece=told, tags={facet: right}, unsure={facet: unsure}, is_whole=False))
    return lessons


def _of_piece(piece: Mapping[str, Any], vector: Vectors, known: Mapping[Facet, frozenset[str]]) -> Lesson:
    unsure = frozenset(piece.get("unsure", ()))
    return Lesson(
        piece=Piece(title=piece["title"], text=piece["text"], kind=ItemKind(piece["kind"]), vector=vector),
        tags={facet: known[facet] & frozenset(piece[name]) for name, facet in FACETS.items()},
        unsure={facet: known[facet] & unsure for facet in FACETS.values()},
        off_topic=bool(piece.get("off_topic")),
    )


def _sentences(taxonomy: Taxonomy) -> Iterator[tuple[str, Facet, frozenset[str], frozenset[str]]]:
    """Yield text, facet, the ids it has, the ids that nobody knows of it."""
    for facet, some in categories_of(taxonomy).items():
        known = frozenset(one.id for one in some)
        for one in some:
            for text in one.prototypes:
                yield text, facet, frozenset({one.id}), frozenset()
            for text, wrong in _traps(one):
                if wrong & known:
                    yield text, facet, frozenset(), known - wrong


def _traps(category: Category) -> Iterator[tuple[str, frozenset[str]]]:
    for trap in category.traps:
        yield trap.text, frozenset(trap.excludes)
