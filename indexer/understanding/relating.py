"""Find what an item is related to: candidates by the rare words of their beginnings, then judged by all there is."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.catalogue.items import Version
from indexer.records import related
from indexer.records.database import Database
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.related.background import Background
from indexer.understanding.related.leads import FORM, Lead, named_words
from indexer.understanding.related.score import (
    LEAST_SCORE,
    Agreement,
    Rarity,
    Related,
    figures_shared,
    rarest,
    rarity,
    score,
    shared_words,
)

MOST_WORDS = 6  # shown of those that two beginnings share
Vector = NDArray[np.float32]


def related_to(
    database: Database,
    embedder: Embedder,
    version: Version,
    lead: Lead,
    vector: Vector,
    *,
    known: KnownSketches,
    background: Background | None,
) -> list[Related]:
    """Return the items that a version's item is of one event or story with, likeliest first; copies among them."""
    near = known.nearest(lead.words, but=version.item)
    if not near:
        return []
    with database.reading() as tx:
        others = related.leads(tx, FORM, embedder.name, near)
    if not others:
        return []
    every = np.unique(np.concatenate([lead.words, *(other.words for other, _ in others.values())]))
    told = rarity(every, known.holders(every), len(known))
    found: list[Related] = []
    names: Mapping[int, str] = {}  # cut only where something is found
    for item, (other, raw) in others.items():
        one, two = (lead, vector), (other, np.frombuffer(raw, dtype=np.float32))
        agreement = agreement_of(one, two, told, embedder=embedder, background=background)
        if (likely := score(agreement)) >= LEAST_SCORE:
            names = names or named_words(version.title, version.text)
            words = [names[number] for number, _ in shared_words(lead, other, told) if number in names]
            found.append(_pair(version.item, item, likely, words[:MOST_WORDS]))
    return sorted(found, key=lambda one: (-one.score, one.item, one.other))


def agreement_of(
    one: tuple[Lead, Vector],
    other: tuple[Lead, Vector],
    told: Rarity,
    *,
    embedder: Embedder,
    background: Background | None,
) -> Agreement:
    """Return in what two texts agree, each by its lead and its vector of this embedder."""
    (lead, vector), (other_lead, other_vector) = one, other
    plain = (float(vector @ other_vector) - embedder.scale.mean) / embedder.scale.spread
    return Agreement(
        meaning=plain if background is None else background.cosine(vector, other_vector),
        is_whitened=background is not None,
        rarest=rarest(lead, other_lead, told),
        figures=figures_shared(lead, other_lead),
    )


def _pair(one: ItemId, other: ItemId, likely: float, words: Sequence[str]) -> Related:
    """Later ids are later items."""
    later, earlier = (one, other) if one > other else (other, one)
    return Related(item=later, other=earlier, score=likely, words=tuple(words))
