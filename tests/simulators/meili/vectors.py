"""Vectors of documents, as embedders that are given theirs (`userProvided`) keep them."""

from collections.abc import Mapping, Sequence

import numpy as np

from tests.simulators.meili.answers import Json, Refused, error

NOTE = "\n- Note: `{0}` has `source: userProvided`, so documents must provide embeddings as an array in `_vectors.{0}`."
HINT = "\n- Hint: opt-out for a document with `_vectors.{0}: null`"


def fault(uid: str, documents: Sequence[Json], embedders: Mapping[str, Json]) -> Json | None:
    """Return what a task fails of whose documents lack a vector, or have one of another length."""
    for name, embedder in embedders.items():
        without = [one for one in documents if name not in one.get("_vectors", {})]
        if without:
            more = f" and at least {len(without) - 1} other document(s)" if len(without) > 1 else ""
            words = f"Index `{uid}`: While embedding documents for embedder `{name}`: no vectors provided for document"
            told = f"{words} `{without[0]['item']}`{more}{NOTE.format(name)}{HINT.format(name)}"
            return error("vector_embedding_error", told)
        for one in documents:
            vector, size = one["_vectors"][name], embedder["dimensions"]
            if vector is not None and len(vector) != size:
                where = f"Invalid vector dimensions in document with id `{one['item']}` in `._vectors.{name}`."
                notes = f"\n  - note: embedding #0 has dimensions {len(vector)}"
                notes += f"\n  - note: embedder `{name}` requires {size}"
                return error("invalid_vector_dimensions", f"Index `{uid}`: {where}{notes}")
    return None


def check(query: Json, embedders: Mapping[str, Json]) -> None:
    """Refuse a vector of another length, and an embedder that is none."""
    name = query["hybrid"]["embedder"]
    if name not in embedders:
        raise Refused(400, "invalid_search_embedder", f"Cannot find embedder with name `{name}`.")
    vector, size = query.get("vector"), embedders[name]["dimensions"]
    if vector is not None and len(vector) != size:
        words = f"Invalid vector dimensions: expected: `{size}`, found: `{len(vector)}`."
        raise Refused(400, "invalid_vector_dimensions", words)


def likeness(document: Json, name: str, vector: Sequence[float]) -> float:
    """Return the score of a document: 0 where it has no vector, else its cosine from 0 to 1, in 32 bits."""
    held = document.get("_vectors", {}).get(name)
    if held is None:
        return 0.0
    one, other = np.asarray(held, dtype=np.float32), np.asarray(vector, dtype=np.float32)
    cosine = np.float32(one @ other) / np.float32(np.linalg.norm(one) * np.linalg.norm(other))
    return float((np.float32(1) + cosine) / np.float32(2))


def nearest(documents: Sequence[Json], name: str, vector: Sequence[float]) -> list[tuple[Json, float]]:
    """Return the documents with their scores, best first."""
    scored = [(one, likeness(one, name, vector)) for one in documents]
    return sorted(scored, key=lambda pair: -pair[1])
