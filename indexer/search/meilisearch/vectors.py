"""Vectors as Meilisearch keeps them: by an embedder of its own that is given them, `userProvided`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from indexer.search.engine import Vector
from indexer.search.meaning import digest_of, read_vector
from indexer.search.meilisearch.documents import SETTINGS
from indexer.search.port import Entry

# A server orders by likeness in the place of its own rules for words, and not at all where it has none of them.
RULES_WITH_VECTORS = ["sort", "words"]


def embedder_name(model: str) -> str:
    """Return under which name a server keeps the vectors of a model: of two models they are never compared."""
    return f"m{digest_of(model)}"


def settings_with(embedder: str, dimensions: int) -> dict[str, Any]:
    """Return the settings of an index that holds vectors."""
    embedders = {embedder: {"source": "userProvided", "dimensions": dimensions}}
    return {**SETTINGS, "rankingRules": RULES_WITH_VECTORS, "embedders": embedders}


def vectors_of(entry: Entry, own: str, held: Mapping[str, int]) -> dict[str, Any]:
    """Return the vectors of a document: of each embedder that its index holds one or null, or the server refuses it.

    own: the embedder that made the entry's vector. held: the embedders of the index with their dimensions.
    """
    vectors: dict[str, Any] = {}
    for name, dimensions in held.items():
        vector = read_vector(entry.vector, dimensions) if name == own else None
        vectors[name] = None if vector is None else numbers(vector)
    return {"_vectors": vectors} if vectors else {}


def numbers(vector: Vector) -> list[float]:
    """Return the vector as JSON may have it: the shortest numbers that are the same in 32 bits."""
    return [float(str(one)) for one in vector.astype(np.float32)]


def embedders_of(settings: Mapping[str, Any]) -> dict[str, int]:
    """Return the embedders of an index by its settings, with their dimensions."""
    return {name: int(one["dimensions"]) for name, one in (settings.get("embedders") or {}).items()}
