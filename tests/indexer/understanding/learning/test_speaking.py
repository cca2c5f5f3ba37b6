"""The live version speaks in understanding; what cannot be used is passed over, and the recipe says which it was."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.settings import Settings
from indexer.records.database import Database
from indexer.understanding.embeddings.factory import embedder_name
from indexer.understanding.learning.live import digest_of
from indexer.understanding.learning.school import LEARNED
from indexer.understanding.learning.speaking import prepare_live, recipe_of_live, speaking
from tests.tagger_versions import keep_version, shipped_weights


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, _env_file=None)


@pytest.fixture
def weights() -> bytes:
    return shipped_weights()


def test_without_a_version_what_ships_speaks(settings: Settings, database: Database) -> None:
    assert speaking(settings, database) is None


def test_the_live_version_speaks_and_the_recipe_is_another(
    settings: Settings, database: Database, weights: bytes
) -> None:
    before = recipe_of_live(settings, database).text
    keep_version(database, weights=weights, embedder=embedder_name(settings))

    understanding = prepare_live(settings, database)

    assert understanding.tagger.version == f"{LEARNED}-{digest_of(weights)}"
    assert understanding.recipe.text == recipe_of_live(settings, database).text != before


def test_a_version_that_cannot_be_read_is_named_and_what_ships_speaks(settings: Settings, database: Database) -> None:
    before = recipe_of_live(settings, database).text
    keep_version(database, weights=b"no archive", embedder=embedder_name(settings))

    with capture_logs() as logs:
        assert recipe_of_live(settings, database).text == before

    assert [(one["event"], one["version"]) for one in logs] == [("tagger_version_damaged", 1)]
