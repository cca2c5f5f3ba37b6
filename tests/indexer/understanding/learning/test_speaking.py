"""The live version speaks in understanding; what cannot be used is passed over, and the recipe says which it was."""

from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.settings import Settings
from indexer.records import tagger_versions
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing, TaggerVersion
from indexer.understanding.embeddings.factory import embedder_name
from indexer.understanding.learning.live import digest_of
from indexer.understanding.learning.school import LEARNED
from indexer.understanding.learning.speaking import prepare_live, recipe_of_live, speaking
from indexer.understanding.tags.opening import SHIPPED
from indexer.understanding.tags.stored import write_model


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, _env_file=None)


def keep(database: Database, weights: bytes, *, embedder: str, now: datetime) -> None:
    with database.transaction() as tx:
        made = TaggerVersion(
            number=tagger_versions.next_number(tx),
            standing=Standing.LIVE,
            embedder=embedder,
            digest=digest_of(weights),
            lessons=1,
            held_back=0,
            score=1.0,
            score_before=1.0,
            learned_to=0,
            who="operator",
            made_at=now,
        )
        tagger_versions.add(tx, made, weights=weights)


@pytest.fixture
def weights(settings: Settings, tmp_path: Path) -> bytes:
    """What ships, stored as a version that was learned."""
    from config.taxonomy import load_taxonomy
    from indexer.understanding.tags.opening import tagger_version
    from indexer.understanding.tags.stored import read_model

    taxonomy = load_taxonomy(settings.taxonomy_file)
    model = read_model(SHIPPED, taxonomy, version=tagger_version(taxonomy, embedder_name(settings)))
    write_model(model, tmp_path / "v.npz", version=LEARNED)
    return (tmp_path / "v.npz").read_bytes()


def test_without_a_version_what_ships_speaks(settings: Settings, database: Database) -> None:
    assert speaking(settings, database) is None


def test_the_live_version_speaks_and_the_recipe_is_another(
    settings: Settings, database: Database, weights: bytes, now: datetime
) -> None:
    before = recipe_of_live(settings, database).text
    keep(database, weights, embedder=embedder_name(settings), now=now)

    understanding = prepare_live(settings, database)

    assert understanding.tagger.version == f"{LEARNED}-{digest_of(weights)}"
    assert understanding.recipe.text == recipe_of_live(settings, database).text != before


def test_a_version_that_cannot_be_read_is_named_and_what_ships_speaks(
    settings: Settings, database: Database, now: datetime
) -> None:
    before = recipe_of_live(settings, database).text
    keep(database, b"no archive", embedder=embedder_name(settings), now=now)

    with capture_logs() as logs:
        assert recipe_of_live(settings, database).text == before

    assert [(one["event"], one["version"]) for one in logs] == [("tagger_version_damaged", 1)]
